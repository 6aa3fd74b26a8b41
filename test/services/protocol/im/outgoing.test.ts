import { expect } from '@open-wc/testing';
import type { MessageEntry } from '../../../../src/services/domain/transcript.js';
import { entries } from '../../../../src/services/domain/transcript.js';
import type { ServiceConfig } from '../../../../src/services/service-config.js';
import type { ServiceError } from '../../../../src/services/service-error.js';
import { Bench, FakeIncoming, response, settled, type FakeDialog, type FakeInvite } from '../fakes.js';

const JOHN = { type: 'agent', address: 'sip:john@deskside.test', name: 'John Davis' } as const;

/** Kate, who has opened a session with John. */
async function kate(config: Partial<ServiceConfig> = {}): Promise<Bench> {
  const bench = await new Bench().start(config);
  await bench.engine.execute({ type: 'im.open', sessionId: 's', target: JOHN });
  return bench;
}

const send = (bench: Bench, text: string, messageId = text): Promise<void> =>
  bench.engine.execute({ type: 'im.send', sessionId: 's', messageId, text });
const session = (bench: Bench) => bench.state.read('session:s');
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => (error as ServiceError).code,
  );

function messages(bench: Bench): MessageEntry[] {
  const transcript = bench.state.read('transcript:s');
  return transcript ? [...entries(transcript)].filter((line): line is MessageEntry => line.kind === 'message') : [];
}

const states = (bench: Bench): string[] => messages(bench).map(({ id, state, failure }) => [id, state, failure].filter(Boolean).join(' '));

async function invited(bench: Bench): Promise<FakeInvite> {
  await send(bench, 'hello');
  const invite = bench.gateway.invites.at(-1);
  if (!invite) throw new Error('No INVITE was sent.');
  return invite;
}

describe('An invitation of ours', () => {
  it('is not sent before the first message', async () => {
    const bench = await kate();
    expect(session(bench)?.status).to.equal('not-connected');
    expect(bench.gateway.invites).to.deep.equal([]);
    const invite = await invited(bench);
    expect(session(bench)?.status).to.equal('establishing');
    expect(invite.options).to.deep.include({ target: 'sip:john@deskside.test', expires: 60 });
    expect(states(bench)).to.deep.equal(['hello sending']);
    invite.ring(183);
    expect(states(bench)).to.deep.equal(['hello sent']);
  });

  const outcomes: readonly [status: number, headers: Record<string, string>, rings: boolean, code: string][] = [
    [403, {}, false, 'not-allowed'],
    [404, {}, false, 'no-such-agent'],
    [408, {}, false, 'no-answer'],
    [415, {}, false, 'unsupported'],
    [480, {}, false, 'not-logged-in'],
    [480, {}, true, 'no-answer'],
    [484, {}, false, 'no-such-agent'],
    [486, {}, true, 'busy'],
    [486, { Reason: 'SIP;cause=486;text="do-not-disturb"' }, false, 'do-not-disturb'],
    [486, { Warning: '399 deskside "do-not-disturb"' }, false, 'do-not-disturb'],
    [487, {}, true, 'no-answer'],
    [488, {}, false, 'unsupported'],
    [500, {}, false, 'unsupported'],
    [502, {}, false, 'unreachable'],
    [503, {}, false, 'unreachable'],
    [600, {}, false, 'busy'],
    [603, {}, true, 'rejected'],
    [603, { Warning: '399 deskside "no right"' }, false, 'not-allowed'],
    [604, {}, false, 'no-such-agent'],
    [606, {}, false, 'unsupported'],
    [0, {}, false, 'unreachable'],
    [699, {}, false, 'failed'],
  ];
  for (const [status, headers, rings, code] of outcomes) {
    it(`answered ${status}${rings ? ' after ringing' : ''} ${JSON.stringify(headers)} is ${code}; the text is kept`, async () => {
      const bench = await kate();
      const { timers } = bench.clock;
      const invite = await invited(bench);
      await send(bench, 'queued');
      if (rings) invite.ring();
      await invite.refuse(response(status, headers));
      expect(session(bench)?.outcome?.code).to.equal(code);
      expect(states(bench)).to.deep.equal([`hello failed ${code}`, `queued failed ${code}`]);
      expect(bench.clock.timers).to.equal(timers);
    });
  }

  it('that is too long for the switch says so', async () => {
    const bench = await kate();
    await (await invited(bench)).refuse(response(513));
    expect(states(bench)).to.deep.equal(['hello failed too-long']);
  });

  it('carries the words of who rejected it', async () => {
    const bench = await kate();
    const body = { contentType: 'text/plain', content: 'in a meeting' };
    await (await invited(bench)).refuse(response(603, {}, { body }));
    expect(session(bench)?.outcome).to.deep.include({ code: 'rejected', text: 'in a meeting' });
  });

  it('is taken back when nobody answers in time, whatever the switch says then', async () => {
    const bench = await kate({ invitationTimeout: 30 });
    const invite = await invited(bench);
    await bench.clock.pass(31_000);
    expect(invite.cancelled).to.be.a('string');
    await invite.refuse(response(487));
    expect(session(bench)?.outcome?.code).to.equal('no-answer');
  });

  it('is "cancelling" until the switch confirms; an acceptance that crosses is ended', async () => {
    const bench = await kate();
    const invite = await invited(bench);
    const ended = bench.engine.execute({ type: 'im.end', sessionId: 's' });
    await settled();
    expect(session(bench)).to.deep.include({ status: 'establishing', pending: 'cancelling' });
    const dialog = await invite.accept();
    await ended;
    expect(dialog.byes).to.have.length(1);
    expect(session(bench)?.outcome).to.deep.include({ code: 'cancelled', own: true });
  });

  for (const [name, types, sent] of [
    ['a device that takes CPIM but no case', 'message/cpim text/plain', 0],
    ['one that takes everything', '*', 1],
  ] as const) {
    it(`tells ${name} ${sent === 0 ? 'no' : 'every'} change of the case`, async () => {
      const bench = await new Bench().start();
      const interaction = { id: 'i1', media: 'voice', label: 'Broken TV' } as const;
      const caseData = { seq: 1, interaction, data: [{ key: 'type', label: 'Type', value: 'Support' }] };
      await bench.engine.execute({ type: 'im.open', sessionId: 's', target: JOHN, interaction, caseData });
      const invite = await invited(bench);
      const changes = (value: string): Promise<unknown> =>
        bench.engine.execute({ type: 'im.case', sessionId: 's', data: [{ key: 'type', label: 'Type', value }] });
      await changes('While it waits');
      const content = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:${types}\r\n`;
      const dialog = await invite.accept({ body: { contentType: 'application/sdp', content } });
      await settled();
      expect(dialog.contents('application/vnd.deskside.case+json')).to.have.length(sent);
      expect(session(bench)?.withoutCase).to.equal(sent === 0 ? true : undefined);
      expect(await codeOf(changes('Later'))).to.equal(sent === 0 ? 'unsupported' : undefined);
      expect(dialog.contents('application/vnd.deskside.case+json')).to.have.length(sent * 2);
      expect(session(bench)?.status).to.equal('connected');
    });
  }

  it('gives each change of the case a number of its own, also after one whose answer was lost', async () => {
    const bench = await new Bench().start();
    const interaction = { id: 'i1', media: 'voice', label: 'Broken TV' } as const;
    const data = (value: string) => [{ key: 'type', label: 'Type', value }];
    await bench.engine.execute({
      type: 'im.open',
      sessionId: 's',
      target: JOHN,
      interaction,
      caseData: { seq: 1, interaction, data: data('a') },
    });
    const dialog = await (await invited(bench)).accept();
    await settled();
    dialog.answers = [408];
    const changes = (value: string): Promise<unknown> => bench.engine.execute({ type: 'im.case', sessionId: 's', data: data(value) });
    expect(await codeOf(changes('b'))).to.equal('unreachable');
    // The colleague may have it: the same number again would change nothing there.
    expect(await codeOf(changes('c'))).to.equal(undefined);
    const sent = dialog.contents('application/vnd.deskside.case+json').map((json) => (JSON.parse(json) as { seq: number }).seq);
    expect(sent).to.deep.equal([2, 3]);
    expect(bench.state.read('case:s')?.seq).to.equal(3);
  });

  it('is over when its connection does not come back in time; a late acceptance is ended', async () => {
    const bench = await kate();
    const invite = await invited(bench);
    bench.gateway.reachable = false;
    await bench.gateway.lose();
    expect(session(bench)?.status).to.equal('establishing');
    await bench.clock.pass(61_000);
    expect(session(bench)?.outcome?.code).to.equal('connection-lost');
    expect(states(bench)).to.deep.equal(['hello failed connection-lost']);
    const dialog = await invite.accept();
    expect(dialog.byes).to.have.length(1);
    expect(session(bench)?.status).to.equal('ended');
  });

  it('is not even begun without a connection; Retry begins it', async () => {
    const bench = await kate();
    await bench.gateway.lose();
    await send(bench, 'hello');
    expect(session(bench)?.status).to.equal('not-connected');
    expect(states(bench)).to.deep.equal(['hello failed unreachable']);
    await bench.clock.pass(5000);
    await bench.engine.execute({ type: 'im.retry', sessionId: 's', messageId: 'hello' });
    expect(session(bench)?.status).to.equal('establishing');
    expect(states(bench)).to.deep.equal(['hello sending']);
  });

  it('to a group makes the party of who answered, and keeps the address', async () => {
    const bench = await new Bench().start();
    const target = { type: 'queue', address: 'sip:billing@deskside.test', name: 'Billing' } as const;
    await bench.engine.execute({ type: 'im.open', sessionId: 's', target });
    const invite = await invited(bench);
    await invite.accept({ identity: { address: 'sip:renee@deskside.test', name: 'Renée', asserted: true } });
    expect(session(bench)?.peer).to.deep.include({ user: 'renee', name: 'Renée' });
    expect(session(bench)?.target).to.deep.equal(target);
  });
});

describe('A session of ours', () => {
  async function connected(config: Partial<ServiceConfig> = {}): Promise<{ bench: Bench; dialog: FakeDialog }> {
    const bench = await kate(config);
    return { bench, dialog: await (await invited(bench)).accept() };
  }

  it('is sent nothing twice: a command that comes again changes nothing', async () => {
    const { bench, dialog } = await connected();
    await send(bench, 'once');
    await send(bench, 'once');
    await settled();
    expect(dialog.sent).to.have.length(1);
  });

  it('is over when the peer lost it and does not pick it up', async () => {
    const { bench, dialog } = await connected();
    dialog.answers = [481];
    await send(bench, 'lost');
    await settled();
    expect(session(bench)?.resuming).to.equal(true);
    await bench.clock.pass(2000);
    await bench.gateway.invites.at(-1)?.refuse(response(603));
    expect(session(bench)?.outcome?.code).to.equal('connection-lost');
    expect(states(bench)).to.deep.equal(['hello delivered', 'lost failed session-ended']);
  });

  it('goes on when the peer picks it up: what was unanswered is sent again', async () => {
    const { bench, dialog } = await connected();
    dialog.answers = [481];
    await send(bench, 'lost');
    await settled();
    const again = new FakeIncoming({ address: JOHN.address, replaces: dialog });
    bench.gateway.events.onInvite(again);
    await settled();
    expect(states(bench)).to.deep.equal(['hello delivered', 'lost delivered']);
    await bench.clock.pass(60_000);
    expect(session(bench)?.status).to.equal('connected');
  });

  it('sends what is under way before it ends', async () => {
    const { bench, dialog } = await connected();
    let open: () => void = () => undefined;
    dialog.gate = new Promise((resolve) => (open = resolve));
    await send(bench, 'one');
    await send(bench, 'two');
    const ended = bench.engine.execute({ type: 'im.end', sessionId: 's' });
    await settled();
    expect(session(bench)?.pending).to.equal('ending');
    expect(dialog.byes).to.deep.equal([]);
    open();
    await ended;
    expect(states(bench)).to.deep.equal(['hello delivered', 'one delivered', 'two delivered']);
    expect(dialog.byes[0]).to.contain('End IM');
    expect(await codeOf(send(bench, 'late'))).to.equal('invalid-state');
  });

  it('is forgotten by Done, and ended first', async () => {
    const { bench, dialog } = await connected();
    await bench.engine.execute({ type: 'im.close', sessionId: 's' });
    expect(dialog.byes).to.have.length(1);
    expect(session(bench)).to.equal(undefined);
    expect(bench.state.read('transcript:s')).to.equal(undefined);
    await bench.engine.execute({ type: 'im.close', sessionId: 's' });
  });

  it('is left alive for a successor, who picks it up by Replaces with what was unsent', async () => {
    const { bench, dialog } = await connected();
    dialog.gate = new Promise(() => undefined);
    await send(bench, 'unsent');
    await settled();
    const next = new Bench();
    for (const event of bench.events) if (event.type !== 'connection') next.state.apply(event);
    await next.start();
    const [invite] = next.gateway.invites;
    expect(invite?.options.target).to.equal(dialog.ref.remoteTarget);
    expect(invite?.options.to).to.equal('sip:john@deskside.test');
    expect(invite?.options.headers).to.deep.equal(['Require: replaces', 'Replaces: call;to-tag=remote;from-tag=local']);
    expect(session(next)?.resuming).to.equal(true);
    const taken = await invite?.accept();
    expect(session(next)?.resuming ?? false).to.equal(false);
    expect(taken?.contents('message/cpim')[0]).to.contain('unsent');
    expect(taken?.contents('message/cpim')[0]).to.contain('Deskside.Seq: 2');
    expect(states(next)).to.deep.equal(['hello delivered', 'unsent delivered']);
  });

  it('is over when nobody picks it up for the successor, or somebody else does', async () => {
    const { bench } = await connected();
    for (const answer of ['refused', 'stranger'] as const) {
      const next = new Bench();
      for (const event of bench.events) if (event.type !== 'connection') next.state.apply(event);
      await next.start();
      const [invite] = next.gateway.invites;
      if (answer === 'refused') await invite?.refuse(response(403));
      const stranger = answer === 'stranger' ? await invite?.accept({}, 'sip:eve@deskside.test') : undefined;
      expect(session(next)?.outcome?.code).to.equal('connection-lost');
      expect(stranger?.byes.length ?? 1).to.equal(1);
    }
  });

  it('leaves no timer behind once it is closed', async () => {
    const { bench } = await connected();
    await bench.engine.execute({ type: 'im.typing', sessionId: 's', active: true });
    await bench.engine.execute({ type: 'im.close', sessionId: 's' });
    await bench.engine.stop();
    expect(bench.clock.timers).to.equal(0);
  });
});

describe('Commands', () => {
  const nonsense: unknown[] = [
    undefined,
    null,
    'im.send',
    [],
    {},
    { type: '__proto__' },
    { type: 'im.destroy' },
    { type: 'im.send', sessionId: 's' },
    { type: 'im.send', sessionId: 's', messageId: 7, text: 'x' },
    { type: 'im.open', sessionId: 's', target: { type: 'agent' } },
    { type: 'im.open', sessionId: 's', target: { type: 'robot', address: 'sip:a@b', name: 'x' } },
    { type: 'im.open', sessionId: 'x'.repeat(5000), target: JOHN },
  ];
  for (const command of nonsense) {
    it(`are refused when they are nonsense: ${JSON.stringify([command]).slice(0, 60)}`, async () => {
      const bench = await new Bench().start();
      expect(await codeOf(bench.engine.execute(command as never))).to.equal('configuration');
    });
  }

  const refusals: readonly [what: string, target: { type: string; address: string }, config: Partial<ServiceConfig>, code: string][] = [
    ['a foreign domain', { type: 'agent', address: 'sip:eve@elsewhere.test' }, {}, 'not-allowed'],
    ['a contact', { type: 'contact', address: 'sip:ada@deskside.test' }, {}, 'not-allowed'],
    ['a malformed address', { type: 'agent', address: 'tel:+1555' }, {}, 'configuration'],
    ['no right to start', { type: 'agent', address: 'sip:john@deskside.test' }, { rights: ['im-use'] }, 'not-allowed'],
    ['no right at all', { type: 'agent', address: 'sip:john@deskside.test' }, { rights: [] }, 'not-allowed'],
  ];
  for (const [what, target, config, code] of refusals) {
    it(`open nothing with ${what}`, async () => {
      const bench = await new Bench().start({ autoLogin: [], ...config });
      expect(await codeOf(bench.engine.execute({ type: 'im.open', sessionId: 's', target: { ...target, name: 'x' } as never }))).to.equal(
        code,
      );
    });
  }

  it('with nonsense as case data open a session without', async () => {
    const bench = await new Bench().start();
    const interaction = { id: 'i', media: 'voice', label: 'l' } as const;
    await bench.engine.execute({ type: 'im.open', sessionId: 's', target: JOHN, interaction, caseData: { data: 7 } as never });
    expect(session(bench)?.origin).to.equal('consultation');
    expect(bench.state.read('case:s')).to.equal(undefined);
  });

  it('of a part that is not there are refused', async () => {
    const bench = await new Bench({ parts: [] }).start();
    expect(await codeOf(bench.engine.execute({ type: 'im.end', sessionId: 's' }))).to.equal('unsupported');
  });

  it('of sessions that are not there are refused or change nothing', async () => {
    const bench = await new Bench().start();
    for (const type of ['im.accept', 'im.reject', 'im.end'] as const)
      expect(await codeOf(bench.engine.execute({ type, sessionId: 'x' }))).to.equal('not-found');
    for (const type of ['im.dismiss', 'im.close', 'im.read'] as const)
      expect(await codeOf(bench.engine.execute({ type, sessionId: 'x' }))).to.equal(undefined);
  });
});
