import { expect } from '@open-wc/testing';
import { GIVE_UP_AFTER, Outbox } from '../../../../src/services/protocol/im/outbox.js';
import { FakeClock, response, settled } from '../fakes.js';

/** An outbox whose peer answers with these statuses in turn, then with 200. */
function outbox(answers: (number | 'never')[] = []) {
  const clock = new FakeClock();
  const sent: string[] = [];
  const states: string[] = [];
  const told = { gone: 0, gaveUp: 0, plain: 0 };
  const box = new Outbox({
    environment: clock.environment(),
    send: (text, plain) => {
      sent.push(plain ? `${text.id} plain` : text.id);
      const answer = answers.shift() ?? 200;
      return answer === 'never' ? new Promise(() => undefined) : Promise.resolve(response(answer));
    },
    onState: (id, state, failure) => states.push([id, state, failure].filter(Boolean).join(' ')),
    onGone: () => (told.gone += 1),
    onGiveUp: () => (told.gaveUp += 1),
    onPlain: () => (told.plain += 1),
  });
  const write = (...ids: string[]): void => ids.forEach((id, index) => box.add({ id, text: id, at: 0, seq: index + 1 }));
  return { box, clock, sent, states, told, write };
}

describe('The outbox', () => {
  it('sends nothing before the session stands, then everything in order', async () => {
    const { box, sent, states, write } = outbox();
    write('a', 'b', 'c');
    await settled();
    expect(sent).to.deep.equal([]);
    box.resume();
    await settled();
    expect(sent).to.deep.equal(['a', 'b', 'c']);
    expect(states).to.deep.equal(['a sending', 'a delivered', 'b sending', 'b delivered', 'c sending', 'c delivered']);
    expect(box.empty).to.equal(true);
  });

  it('tells "sent" of a text that was taken for delivery only', async () => {
    const { box, states, write } = outbox([202]);
    write('a');
    box.resume();
    await settled();
    expect(states.at(-1)).to.equal('a sent');
  });

  for (const status of [0, 404, 408, 410, 430, 480, 491, 500, 503, 504]) {
    it(`holds what was answered with ${status} and sends it again under the same id, nothing overtaking it`, async () => {
      const { box, clock, sent, states, write } = outbox([status, status]);
      write('a', 'b');
      box.resume();
      await settled();
      expect(sent).to.deep.equal(['a']);
      await clock.pass(60_000);
      expect(sent).to.deep.equal(['a', 'a', 'a', 'b']);
      expect(states.filter((state) => state.includes('failed'))).to.deep.equal([]);
    });
  }

  it('sends what waits to be tried again at once when the peer is heard', async () => {
    const { box, sent, write } = outbox([480]);
    write('a', 'b');
    box.resume();
    await settled();
    expect(sent).to.deep.equal(['a']);
    box.nudge();
    await settled();
    expect(sent).to.deep.equal(['a', 'a', 'b']);
  });

  it('sends what has no answer once more when the peer is heard, and believes the second answer', async () => {
    const { box, clock, sent, states, write } = outbox(['never', 200]);
    write('a', 'b');
    box.resume();
    await settled();
    box.nudge();
    await settled();
    expect(sent).to.deep.equal(['a']);
    await clock.pass(1000);
    expect(sent).to.deep.equal(['a', 'a', 'b']);
    expect(states.filter((state) => state === 'a delivered')).to.have.length(1);
  });

  it('does not hurry what was answered meanwhile, and never single messages', async () => {
    const { box, clock, sent, write } = outbox();
    write('a');
    box.resume();
    box.nudge();
    await settled();
    await clock.pass(5000);
    expect(sent).to.deep.equal(['a']);
    const paged = outbox(['never']);
    paged.write('a');
    paged.box.resume({ page: true });
    await settled();
    paged.box.nudge();
    await paged.clock.pass(5000);
    expect(paged.sent).to.deep.equal(['a']);
  });

  const failures: readonly [status: number, failure: string][] = [
    [403, 'not-allowed'],
    [603, 'not-allowed'],
    [413, 'too-long'],
    [513, 'too-long'],
    [400, 'failed'],
    [420, 'failed'],
  ];
  for (const [status, failure] of failures) {
    it(`fails a text answered with ${status}, and goes on with the next`, async () => {
      const { box, states, write } = outbox([status]);
      write('a', 'b');
      box.resume();
      await settled();
      expect(states).to.deep.equal(['a sending', `a failed ${failure}`, 'b sending', 'b delivered']);
    });
  }

  it('falls back to plain text once, for good', async () => {
    const { box, sent, told, write } = outbox([415]);
    write('a', 'b');
    box.resume();
    await settled();
    expect(sent).to.deep.equal(['a', 'a plain', 'b plain']);
    expect(told.plain).to.equal(1);
  });

  it('fails what not even plain text helps', async () => {
    const { box, states, write } = outbox([415, 415]);
    write('a');
    box.resume();
    await settled();
    expect(states.at(-1)).to.equal('a failed type-refused');
  });

  it('waits when the dialog is gone, and sends again once it is picked up', async () => {
    const { box, clock, sent, told, write } = outbox([481]);
    write('a');
    box.resume();
    await clock.pass(100_000);
    expect(told.gone).to.equal(1);
    expect(sent).to.deep.equal(['a']);
    box.resume();
    await settled();
    expect(sent).to.deep.equal(['a', 'a']);
  });

  it('sends nothing while the connection is lost', async () => {
    const { box, clock, sent, write } = outbox();
    box.resume();
    box.hold();
    write('a');
    await clock.pass(600_000);
    expect(sent).to.deep.equal([]);
    box.resume();
    await settled();
    expect(sent).to.deep.equal(['a']);
  });

  it('gives up after two minutes without an answer', async () => {
    const { box, clock, told, write } = outbox(Array.from({ length: 100 }, () => 480));
    write('a');
    box.resume();
    await clock.pass(GIVE_UP_AFTER - 1000);
    expect(told.gaveUp).to.equal(0);
    await clock.pass(60_000);
    expect(told.gaveUp).to.equal(1);
  });

  it('fails what waits when the session ends; an answer that still comes is believed', async () => {
    const { box, states, write } = outbox();
    box.resume();
    write('a', 'b');
    box.stop('session-ended');
    await settled();
    expect(states).to.deep.equal(['a sending', 'a failed session-ended', 'b failed session-ended', 'a delivered']);
  });

  it('tells when all is answered, or when that takes too long', async () => {
    const { box, clock, write } = outbox([480]);
    box.resume();
    await box.drained(1000);
    write('a');
    let done = false;
    void box.drained(500).then(() => (done = true));
    await clock.pass(499);
    expect(done).to.equal(false);
    await clock.pass(1);
    expect(done).to.equal(true);
  });
});
