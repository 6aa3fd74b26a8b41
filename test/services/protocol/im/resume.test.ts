import { expect } from '@open-wc/testing';
import type { DialogRef } from '../../../../src/services/domain/im-session.js';
import type { FakeDialog } from '../fakes.js';
import { Bench, FakeIncoming, response, settled, type FakeInvite } from '../fakes.js';

const JOHN = { address: 'sip:john@deskside.test', user: 'john', name: 'John Davis' };
const ref = (name: string): DialogRef => ({
  callId: name,
  localTag: 'mine',
  remoteTag: 'theirs',
  remoteTarget: 'sip:john@deskside.test;gr=1',
});

const session = (bench: Bench) => bench.state.read('session:s');

/** Kate's page as it comes up after a reload: a session with John, whose dialog was lost. */
async function adopted(direction: 'outgoing' | 'incoming', dialog = ref('old')): Promise<Bench> {
  const bench = new Bench();
  const base = { id: 's', direction, origin: 'internal', peer: JOHN, parties: [JOHN], openedAt: bench.clock.now, unread: 0 } as const;
  bench.state.apply({ type: 'session-opened', at: bench.clock.now, session: { ...base, status: 'connected', dialog } });
  return bench.start();
}

function asked(bench: Bench): FakeInvite {
  const invite = bench.gateway.invites.at(-1);
  if (!invite) throw new Error('No INVITE was sent.');
  return invite;
}

/** What the last INVITE asks to replace. */
const named = (bench: Bench): string => /Replaces: (\w+)/.exec(asked(bench).options.headers?.join() ?? '')?.[1] ?? '';

async function arrives(bench: Bench, options: ConstructorParameters<typeof FakeIncoming>[0] = {}): Promise<FakeIncoming> {
  const invite = new FakeIncoming({ address: JOHN.address, replacing: ref('old'), ...options });
  bench.gateway.events.onInvite(invite);
  await settled();
  return invite;
}

/** Which of two dialogs the next text goes into. */
async function speaksIn(bench: Bench, dialogs: Readonly<Record<string, FakeDialog | undefined>>): Promise<string[]> {
  await bench.engine.execute({ type: 'im.send', sessionId: 's', messageId: crypto.randomUUID(), text: 'still here' });
  await settled();
  return Object.keys(dialogs).filter((name) => dialogs[name]?.sent.length);
}

describe('A session that both sides pick up at once', () => {
  it('goes on in the inviting side’s dialog: it refuses the other while its own INVITE is fresh', async () => {
    const bench = await adopted('outgoing');
    const theirs = await arrives(bench);
    expect(theirs.answer?.status).to.equal(491);
    const own = await asked(bench).accept();
    expect(session(bench)?.resuming).to.equal(undefined);
    expect(await speaksIn(bench, { own, theirs: theirs.dialog })).to.deep.equal(['own']);
  });

  it('goes on in the peer’s dialog where the own INVITE was refused before', async () => {
    const bench = await adopted('outgoing');
    await asked(bench).refuse(response(481));
    const theirs = await arrives(bench);
    expect(await speaksIn(bench, { theirs: theirs.dialog })).to.deep.equal(['theirs']);
    await bench.clock.pass(60_000);
    expect(bench.gateway.invites).to.have.length(1);
    expect(session(bench)?.status).to.equal('connected');
  });

  it('goes on in the peer’s dialog where the own INVITE is no longer fresh; and in its own once that is accepted after all', async () => {
    const bench = await adopted('outgoing');
    await bench.clock.pass(2500);
    const theirs = await arrives(bench);
    expect(theirs.answer?.status).to.equal(200);
    expect(session(bench)?.resuming).to.equal(undefined);
    const own = await asked(bench).accept();
    expect(theirs.dialog?.byes.join()).to.contain('Replaced');
    theirs.dialog?.events.onEnd({ replaced: false, reason: 'SIP;cause=200;text="Replaced"' });
    expect(await speaksIn(bench, { own, theirs: theirs.dialog })).to.deep.equal(['own']);
    expect(session(bench)?.status).to.equal('connected');
  });

  it('goes on in the peer’s dialog at the invited side, whatever comes of its own INVITE', async () => {
    for (const answer of [200, 481, 491, 603]) {
      const bench = await adopted('incoming');
      const theirs = await arrives(bench);
      expect(theirs.answer?.status).to.equal(200);
      const own = answer === 200 ? await asked(bench).accept() : undefined;
      if (answer !== 200) await asked(bench).refuse(response(answer));
      expect(own?.byes.join() ?? 'Replaced').to.contain('Replaced');
      own?.events.onEnd({ replaced: false });
      await bench.clock.pass(60_000);
      expect(await speaksIn(bench, { own, theirs: theirs.dialog })).to.deep.equal(['theirs']);
      expect(session(bench)?.status).to.equal('connected');
    }
  });

  it('goes on where the peer’s page went before it acknowledged, too', async () => {
    const bench = await adopted('incoming');
    const theirs = new FakeIncoming({ address: JOHN.address, replacing: ref('old') });
    theirs.acknowledges = false;
    bench.gateway.events.onInvite(theirs);
    await settled();
    await asked(bench).refuse(response(480));
    await bench.clock.pass(1500);
    expect(await speaksIn(bench, { own: await asked(bench).accept() })).to.deep.equal(['own']);
  });
});

describe('A session that is picked up', () => {
  for (const status of [0, 408, 480, 481, 487, 491, 500, 503])
    it(`is asked for again after ${status}`, async () => {
      const bench = await adopted('incoming');
      await asked(bench).refuse(response(status));
      await bench.clock.pass(1500);
      expect(bench.gateway.invites).to.have.length(2);
      await asked(bench).accept();
      expect(session(bench)?.resuming).to.equal(undefined);
    });

  for (const status of [403, 420, 488, 603])
    it(`is over after ${status}`, async () => {
      const bench = await adopted('incoming');
      await asked(bench).refuse(response(status));
      expect(session(bench)?.outcome?.code).to.equal('connection-lost');
      expect(bench.clock.timers).to.be.lessThan(5);
    });

  it('is over by the peer where the peer says so', async () => {
    const bench = await adopted('incoming');
    await asked(bench).refuse(response(603, { Reason: 'SIP;cause=200;text="End IM"' }));
    expect(session(bench)?.outcome).to.deep.include({ code: 'ended', own: false });
  });

  for (const [status, limit] of [
    [481, 10_000],
    [480, 60_000],
  ] as const)
    it(`is over after ${limit / 1000} s of ${status}`, async () => {
      const bench = await adopted('outgoing');
      const begun = bench.clock.now;
      while (session(bench)?.status === 'connected' && bench.clock.now < begun + 2 * limit) {
        await asked(bench).refuse(response(status));
        await bench.clock.pass(250);
      }
      expect(session(bench)?.outcome?.code).to.equal('connection-lost');
      expect(bench.clock.now - begun).to.be.within(limit, limit + 5000);
    });

  it('takes back an INVITE that nobody answers, and asks again', async () => {
    const bench = await adopted('outgoing');
    await bench.clock.pass(6000);
    expect(asked(bench).cancelled).to.equal('');
    await asked(bench).refuse(response(487));
    await bench.clock.pass(1000);
    expect(bench.gateway.invites).to.have.length(2);
  });

  it('is asked for anew once a connection that was cut meanwhile is back', async () => {
    const bench = await adopted('outgoing');
    await bench.gateway.lose();
    await asked(bench).refuse(response(0));
    await bench.clock.pass(5000);
    expect(session(bench)?.status).to.equal('connected');
    expect(bench.gateway.invites).to.have.length(2);
    await asked(bench).accept();
    expect(session(bench)?.resuming).to.equal(undefined);
  });

  it('is asked for by this side, too, where the peer lost the dialog and does not know it', async () => {
    const bench = await adopted('outgoing');
    const dialog = await asked(bench).accept();
    dialog.answers = [481];
    expect(await speaksIn(bench, { dialog })).to.deep.equal(['dialog']);
    expect(session(bench)?.resuming).to.equal(true);
    await bench.clock.pass(1500);
    expect(bench.gateway.invites).to.have.length(1);
    await bench.clock.pass(1500);
    expect(named(bench)).to.equal('call');
    // The peer never learned of that dialog: it knows the one before.
    await asked(bench).refuse(response(481));
    await bench.clock.pass(1000);
    expect(named(bench)).to.equal('old');
    const next = await asked(bench).accept();
    expect(next.sent).to.have.length(1);
  });

  it('is not over because the peer gave up a dialog that it asked for', async () => {
    const bench = await adopted('incoming');
    const { dialog } = await arrives(bench);
    dialog?.events.onEnd({ replaced: false, reason: 'SIP;cause=487;text="Cancelled"' });
    expect(session(bench)).to.deep.include({ status: 'connected', resuming: true });
    expect(await speaksIn(bench, { next: (await arrives(bench, { replacing: ref('call') })).dialog })).to.deep.equal([]);
    const first = await arrives(bench);
    expect(first.answer?.status).to.equal(200);
  });
});

describe('Who asks to go on with a session', () => {
  it('names a dialog that it is or was carried by', async () => {
    const bench = await adopted('outgoing');
    const dialog = await asked(bench).accept();
    expect((await arrives(bench, { replacing: ref('unheard') })).answer?.status).to.equal(481);
    expect((await arrives(bench)).answer?.status).to.equal(200, 'the first');
    expect((await arrives(bench, { replacing: dialog.ref })).answer?.status).to.equal(200, 'the present one');
  });

  it('is the peer, and vouched for where the peer was', async () => {
    const bench = await adopted('incoming', { ...ref('old'), asserted: true });
    expect((await arrives(bench, { address: 'sip:eve@deskside.test' })).answer?.status).to.equal(403);
    expect((await arrives(bench, { asserted: false })).answer?.status).to.equal(403);
    expect((await arrives(bench)).answer?.status).to.equal(200);
  });

  it('is told when it is over, and by whom', async () => {
    const bench = await adopted('incoming');
    await asked(bench).accept();
    await bench.engine.execute({ type: 'im.end', sessionId: 's' });
    const late = await arrives(bench);
    expect(late.answer?.status).to.equal(603);
    expect(late.answer?.headers?.join()).to.contain('End IM');
    await bench.engine.execute({ type: 'im.close', sessionId: 's' });
    expect((await arrives(bench)).answer?.status).to.equal(481);
  });
});
