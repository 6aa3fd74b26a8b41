/** SIPp (Debian's sip-tester), an independent telephone over UDP, and an agent in a browser's place, through Kamailio. */
import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isKamailioInstalled } from '../../demo/switch/kamailio/start.js';
import { startSwitch, type RunningSwitch } from '../../demo/switch/start.js';
import { aor, dialogOfCallee, IM_SDP, RawAgent } from '../switch/support/agent.js';

const isHere = isKamailioInstalled() && spawnSync('sipp', ['-v'], { stdio: 'ignore' }).error === undefined;

/** Runs one scenario once; resolves with what it said, rejects when it did not end well. */
async function sipp(scenario: string, running: RunningSwitch, localPort: number, extra: readonly string[] = []): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'deskside-sipp-'));
  const file = fileURLToPath(new URL(`./sipp/${scenario}.xml`, import.meta.url));
  const common = [
    '-sf',
    file,
    '-i',
    '127.0.0.1',
    '-p',
    String(localPort),
    '-m',
    '1',
    '-nostdin',
    '-timeout',
    '15',
    '-timeout_error',
    '-trace_err',
  ];
  const child = spawn('sipp', [`127.0.0.1:${running.sipPort}`, ...common, ...extra], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TERM: 'dumb' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  await rm(directory, { recursive: true, force: true });
  assert.equal(code, 0, `${scenario}: ${output.slice(-1500)}`);
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

void describe('SIPp', () => {
  let running: RunningSwitch | undefined;
  before(async () => {
    if (isHere) running = await startSwitch({ kind: 'kamailio', port: 0 });
  });
  after(() => running?.stop());

  function present(context: TestContext): RunningSwitch | undefined {
    if (running !== undefined) return running;
    context.diagnostic('SIPp or Kamailio is not installed: this case did not run.');
    assert.ok(process.env['CI'] !== 'true', 'SIPp and Kamailio must be installed on CI');
    return undefined;
  }

  void test('a telephone calls an agent', async (context) => {
    const target = present(context);
    if (target === undefined) return;
    const kate = await RawAgent.login(target.url, 'kate');
    const telephone = sipp('caller', target, await freeUdpPort(), ['-s', 'kate']);
    const invite = await kate.incoming('INVITE');
    assert.match(invite.headers.get('p-asserted-identity') ?? '', /"Maria Silva" <sip:maria@deskside\.test>/);
    kate.reply(invite, 180);
    kate.reply(invite, 200, { body: IM_SDP, headers: ['Content-Type: application/sdp'] });
    await kate.incoming('ACK');
    const message = await kate.incoming('MESSAGE');
    assert.equal(message.body, 'hello from a telephone');
    kate.reply(message, 200);
    kate.reply(await kate.incoming('BYE'), 200);
    await telephone;
    assert.ok(dialogOfCallee(invite, kate.contactUser).target.includes('127.0.0.1'));
    await kate.close();
  });

  void test('an agent calls a telephone', async (context) => {
    const target = present(context);
    if (target === undefined) return;
    const port = await freeUdpPort();
    await sipp('register', target, port, ['-s', 'tom']);
    const telephone = sipp('callee', target, port);
    const kate = await RawAgent.login(target.url, 'kate');
    const { branch } = kate.invite(aor('tom'));
    const accepted = await kate.final(branch);
    assert.equal(accepted.status, 200);
    assert.match(accepted.headers.get('p-asserted-identity') ?? '', /"Tom Becker" <sip:tom@deskside\.test>/);
    const dialog = kate.ack(aor('tom'), accepted, branch);
    assert.equal((await kate.within(dialog, 'MESSAGE', { body: 'hello telephone' })).status, 200);
    assert.equal((await kate.within(dialog, 'BYE')).status, 200);
    await telephone;
    await kate.close();
  });
});
