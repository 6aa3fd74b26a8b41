import { expect } from '@open-wc/testing';
import type { Command } from '../../../src/services/domain/commands.js';
import type { Interaction } from '../../../src/services/domain/interaction.js';
import type { Engine, EngineHost } from '../../../src/services/engine.js';
import { ServiceError, type SipService } from '../../../src/services/index.js';
import { LocalBus, type CommandBus } from '../../../src/services/service/command-bus.js';
import { DesksideService } from '../../../src/services/service/deskside-service.js';
import { Bench, CONFIG, FakeClock, settled } from '../protocol/fakes.js';

const JOHN = { type: 'agent', address: 'sip:John@Deskside.Test;transport=ws', name: 'John Davis' } as const;
const CALL: Interaction = {
  id: 'call-17',
  media: 'voice',
  label: 'Call of Ada',
  party: 'Ada',
  caseData: [
    { key: 'a', label: 'A', value: '1' },
    { key: 'secret', label: 'S', value: '2', sensitive: true },
  ],
};

/** A service whose commands are written down, and done by nobody. */
function service(config: Partial<typeof CONFIG> = {}) {
  const commands: Command[] = [];
  let host: EngineHost | undefined;
  const bus: CommandBus & { answer: (command: Command) => Promise<void> } = {
    answer: () => Promise.resolve(),
    execute: (command) => {
      commands.push(command);
      return bus.answer(command);
    },
    configure: () => undefined,
    reconnect: () => undefined,
    stop: () => Promise.resolve(),
  };
  const made = new DesksideService(new FakeClock().environment(), (given) => {
    host = given;
    return bus;
  });
  made.configure({ ...CONFIG, ...config });
  if (!host) throw new Error('No bus was made.');
  return { service: made as SipService, commands, bus, host };
}

/** A service over the real engine and a scripted gateway. */
async function working(): Promise<{ service: SipService; bench: Bench }> {
  const bench = new Bench();
  const made = new DesksideService(bench.clock.environment(), (host) => {
    return new LocalBus(host, () => Promise.resolve({ createEngine: (given) => bench.engineFor(given) }));
  });
  made.configure(CONFIG);
  await settled();
  return { service: made, bench };
}

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as ServiceError).code;
  }
};

describe('The service', () => {
  it('knows who the agent is before anything is loaded', () => {
    const { service: kate } = service({ rights: ['im-use'] });
    expect(kate.snapshot.get('account')).to.deep.equal({
      address: 'sip:kate@deskside.test',
      user: 'kate',
      name: 'Kate Lewis',
      rights: ['im-use'],
    });
  });

  it('falls back to the default where a setting is set to undefined', () => {
    const { service: kate } = service({ invitationTimeout: 5 });
    kate.configure({ invitationTimeout: undefined } as never);
    expect(kate.config.invitationTimeout).to.equal(60);
  });

  it('tells of every event, until the signal ends, also where another listener throws', () => {
    const { service: kate, host } = service();
    const heard: string[] = [];
    const done = new AbortController();
    const uncaught = globalThis.onerror;
    globalThis.onerror = () => true;
    kate.onEvent(() => {
      throw new Error('a listener of the page');
    });
    kate.onEvent(({ type }) => heard.push(type), { signal: done.signal });
    host.emit({ type: 'session-closed', at: 0, sessionId: 'x' });
    done.abort();
    host.emit({ type: 'session-closed', at: 0, sessionId: 'x' });
    globalThis.onerror = uncaught;
    expect(heard).to.deep.equal(['session-closed']);
  });

  it('forgets everything when it is stopped', async () => {
    const { service: kate, bench } = await working();
    const id = kate.im.open(JOHN);
    await settled();
    kate.view.setDraft(id, 'half');
    await kate.stop();
    expect([...kate.snapshot.keys()].filter((key) => /^(session|transcript|draft|case):/.test(key))).to.deep.equal([]);
    expect(kate.snapshot.get('windows')).to.deep.equal([]);
    expect(bench.clock.timers).to.equal(0);
  });
});

describe('Instant messaging', () => {
  it('opens a session once for the same target and interaction', async () => {
    const { service: kate } = await working();
    const first = kate.im.open(JOHN);
    expect(kate.im.open(JOHN)).to.equal(first);
    await settled();
    expect(kate.im.open({ ...JOHN, address: 'sip:John@deskside.test' })).to.equal(first);
    const consultation = kate.im.open(JOHN, { interaction: CALL });
    expect(consultation).not.to.equal(first);
    await settled();
    expect(kate.im.open(JOHN, { interaction: CALL })).to.equal(consultation);
    expect(kate.snapshot.get('sessions')).to.deep.equal([first, consultation]);
    expect(kate.snapshot.get('windows')).to.deep.equal([first, consultation]);
    expect(kate.snapshot.get('activeWindow')).to.equal(consultation);
  });

  it('takes messages for a session that is being opened', async () => {
    const { service: kate, bench } = await working();
    const id = kate.im.open(JOHN);
    kate.im.send(id, 'hello');
    await settled();
    expect(kate.snapshot.get(`session:${id}`)?.status).to.equal('establishing');
    expect(bench.gateway.invites).to.have.length(1);
  });

  it('lets nothing leave that may not', () => {
    const { service: kate, commands } = service({ caseSharing: { keys: ['a', 'secret'] } });
    kate.im.open(JOHN, { interaction: CALL });
    const [command] = commands;
    expect(JSON.stringify(command)).not.to.contain('"2"');
    expect(command).to.deep.include({ type: 'im.open', interaction: { id: 'call-17', media: 'voice', label: 'Call of Ada' } });
    expect(JSON.parse(JSON.stringify(command))).to.deep.equal(command);
  });

  const refused: readonly [what: string, run: (kate: SipService, id: string) => unknown, code: string][] = [
    ['an empty text', (kate, id) => kate.im.send(id, ' \n'), 'empty'],
    ['a text over 32 KiB', (kate, id) => kate.im.send(id, 'ü'.repeat(17_000)), 'too-long'],
    ['a session that is not there', (kate) => kate.im.send('x', 'hello'), 'not-found'],
    ['a foreign domain', (kate) => kate.im.open({ ...JOHN, address: 'sip:eve@elsewhere.test' }), 'not-allowed'],
    ['a contact', (kate) => kate.im.open({ ...JOHN, type: 'contact' }), 'not-allowed'],
    ['a malformed address', (kate) => kate.im.open({ ...JOHN, address: 'john' }), 'configuration'],
    ['a malformed interaction', (kate) => kate.im.open(JOHN, { interaction: {} as never }), 'host'],
  ];
  for (const [what, run, code] of refused) {
    it(`refuses ${what} at once`, () => {
      const { service: kate } = service();
      expect(codeOf(() => run(kate, kate.im.open(JOHN)))).to.equal(code);
    });
  }

  it('tells of a failure that nobody waits for', async () => {
    const { service: kate, bus } = service();
    const errors: string[] = [];
    kate.onError(({ code }) => errors.push(code));
    bus.answer = () => Promise.reject(new ServiceError('unreachable', 'No.'));
    kate.im.open(JOHN);
    await settled();
    bus.answer = () => Promise.reject(new Error('a bug'));
    kate.im.dismiss('x');
    await settled();
    expect(errors).to.deep.equal(['unreachable', 'internal']);
  });
});

describe('Views', () => {
  it('are of this tab: windows, the active one, drafts', () => {
    const { service: kate, commands } = service();
    kate.view.open('a');
    kate.view.open('b');
    kate.view.open('a');
    expect(kate.snapshot.get('windows')).to.deep.equal(['a', 'b']);
    expect(kate.snapshot.get('activeWindow')).to.equal('a');
    kate.view.minimise('a');
    expect(kate.snapshot.get('windows')).to.deep.equal(['b']);
    expect(kate.snapshot.get('activeWindow')).to.equal('b');
    kate.view.minimise('b');
    expect(kate.snapshot.get('activeWindow')).to.equal(undefined);
    kate.view.setDraft('a', 'half');
    expect(kate.snapshot.get('draft:a')).to.equal('half');
    kate.view.setDraft('a', '');
    expect([...kate.snapshot.keys()]).not.to.include('draft:a');
    expect(commands).to.deep.equal([]);
  });

  it('close with their session', () => {
    const { service: kate, host } = service();
    kate.view.open('a');
    kate.view.setDraft('a', 'half');
    host.emit({ type: 'session-closed', at: 0, sessionId: 'a' });
    expect(kate.snapshot.get('windows')).to.deep.equal([]);
    expect(kate.snapshot.get('draft:a')).to.equal(undefined);
  });
});

describe('Presence', () => {
  it('is watched as one wish of the tab, told only where it changes', async () => {
    const { service: kate, commands } = service();
    const one = new AbortController();
    const two = new AbortController();
    kate.presence.watch(['sip:john@deskside.test', 'nonsense', 'sip:mary@deskside.test'], one.signal);
    kate.presence.watch(['sip:john@DESKSIDE.test', 'sip:john@deskside.test;transport=ws'], two.signal);
    await settled();
    one.abort();
    await settled();
    two.abort();
    await settled();
    kate.presence.watch(['sip:john@deskside.test'], AbortSignal.abort());
    await settled();
    const wishes = commands.map((command) => (command.type === 'presence.watch' ? command.addresses : []));
    expect(wishes).to.deep.equal([['sip:john@deskside.test', 'sip:mary@deskside.test'], ['sip:john@deskside.test'], []]);
  });
});

describe('Channels and campaigns', () => {
  it('exclude each other', () => {
    const { service: kate, host } = service();
    expect(kate.channels.canJoinOutboundCampaign()).to.equal(true);
    host.emit({ type: 'channels', at: 0, channels: { im: { state: 'logged-off', pending: 'ready' }, voice: { state: 'ready' } } });
    expect(kate.channels.canJoinOutboundCampaign()).to.equal(false);
    host.emit({ type: 'channels', at: 0, channels: { im: { state: 'logged-off' }, voice: { state: 'ready' } } });
    expect(kate.channels.canJoinOutboundCampaign()).to.equal(true);
  });
});

describe('Calls', () => {
  it('need the right', () => {
    const { service: kate, commands } = service({ rights: ['im-use'] });
    expect(kate.calls.available).to.equal(false);
    expect(codeOf(() => kate.calls.start(JOHN))).to.equal('not-allowed');
    expect(commands).to.deep.equal([]);
  });

  it('are commands of plain JSON', () => {
    const { service: kate, commands } = service();
    const callId = kate.calls.start(JOHN, { interaction: CALL, role: 'consultation' });
    expect(commands).to.have.length(1);
    expect(commands[0]).to.deep.include({ type: 'call.start', callId, role: 'consultation' });
    expect(JSON.stringify(commands[0])).not.to.contain('secret');
  });
});

describe('The bus', () => {
  const host = (report: (error: { code: string }) => void): EngineHost => ({
    environment: new FakeClock().environment(),
    read: () => undefined,
    emit: () => undefined,
    report,
  });

  it('says so when the code cannot be loaded, and tries again with the next command', async () => {
    const errors: string[] = [];
    const done: Command[] = [];
    let broken = true;
    const engine: Engine = {
      configure: () => undefined,
      execute: (command) => Promise.resolve(void done.push(command)),
      reconnect: () => undefined,
      stop: () => Promise.resolve(),
    };
    const bus = new LocalBus(
      host(({ code }) => errors.push(code)),
      () => (broken ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ createEngine: () => engine })),
    );
    const failure = await bus.execute({ type: 'connection.retry' }).catch((error: unknown) => error);
    expect((failure as ServiceError).code).to.equal('unreachable');
    broken = false;
    await bus.execute({ type: 'connection.retry' });
    expect(errors).to.deep.equal(['unreachable']);
    expect(done).to.have.length(1);
  });
});
