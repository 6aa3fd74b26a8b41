/** `npm run switch`: the fixed contract of its output and its end. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { main } from '../../demo/switch/cli.js';
import { isKamailioInstalled } from '../../demo/switch/kamailio/start.js';
import { ROOT } from '../support/root.mjs';
import { RawAgent } from './support/agent.js';

async function lives(kind: string, signal: NodeJS.Signals): Promise<void> {
  const isKilled = signal === 'SIGKILL';
  const code = `import('./demo/switch/cli.ts').then(({ main }) => main(['--kind', '${kind}', '--port', '0']))`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  assert.match(line, /^ready .* ws:\/\/127\.0\.0\.1:\d+$/);
  const url = line.split(' ').at(-1) ?? '';
  const kate = await RawAgent.login(url, 'kate');
  child.kill(signal);
  const [status] = (await once(child, 'exit')) as [number | null];
  assert.equal(status, isKilled ? null : 0);
  await kate.closedByPeer();
  await assert.rejects(RawAgent.connect(url, 'kate'));
}

function missing(context: TestContext): void {
  context.diagnostic('Kamailio is not installed: this case did not run.');
  assert.ok(process.env['CI'] !== 'true', 'Kamailio must be installed on CI');
}

void test('the embedded switch starts, says where, and stops', () => lives('embedded', 'SIGTERM'));

void test('Kamailio starts, says where, and stops', async (context) => {
  if (isKamailioInstalled()) await lives('kamailio', 'SIGINT');
  else missing(context);
});

void test('Kamailio does not outlive a program that is killed', async (context) => {
  if (isKamailioInstalled()) await lives('kamailio', 'SIGKILL');
  else missing(context);
});

void test('wrong arguments are named', async () => {
  await assert.rejects(main(['--kind', 'asterisk']), /--kind must be one of embedded, kamailio/);
  await assert.rejects(main(['--port', 'x']), /--port must be a number/);
});
