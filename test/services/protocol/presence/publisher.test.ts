/** What is told of ourselves: PUBLISH (RFC 3903), its entity tags and refusals. */
import { expect } from '@open-wc/testing';
import type { EngineContext } from '../../../../src/services/protocol/engine-part.js';
import { createPresencePart } from '../../../../src/services/protocol/presence/presence-part.js';
import type { SipResponse } from '../../../../src/services/protocol/gateway.js';
import type { ServiceConfig } from '../../../../src/services/service-config.js';
import { Bench, response, settled } from '../fakes.js';

const MINUTE = 60_000;

const taken = (etag: string, expires = 180): SipResponse => response(200, { 'SIP-ETag': etag, Expires: String(expires) });

/** Kate logs in; the coming PUBLISHes are answered so. */
async function kate(
  answers: (SipResponse | Promise<SipResponse>)[] = [],
  config: Partial<ServiceConfig> = {},
): Promise<Bench & { context: EngineContext }> {
  let context: EngineContext | undefined;
  const peek = (given: EngineContext): object => {
    context = given;
    return {};
  };
  const bench = new Bench({ parts: [createPresencePart, peek] });
  bench.prepare = (gateway) => void (gateway.publishAnswers = answers);
  await bench.start(config);
  if (!context) throw new Error('There is no context.');
  return Object.assign(bench, { context });
}

/** The words of a tuple: its channel, status, activity, note. */
function wordsOf(tuple: Element): string {
  const channel = tuple.id.slice(0, tuple.id.indexOf('-'));
  const words = ['basic', 'activities', 'note'].map((name) => tuple.getElementsByTagNameNS('*', name)[0]);
  const texts = words.flatMap((word) => (word ? [word.textContent.trim(), word.firstElementChild?.localName ?? ''] : []));
  return [channel, ...texts.filter(Boolean)].join(' ');
}

/** What was published, each as entity tag, seconds and the words of the document. */
const published = (bench: Bench): readonly string[] =>
  bench.gateway.published.map(({ etag = '-', expires, body }) => {
    const tuples = body ? [...new DOMParser().parseFromString(body.content, 'application/xml').getElementsByTagName('tuple')] : [];
    return [etag, expires, ...tuples.map(wordsOf)].join(' ');
  });

const set = (bench: Bench, setting: 'ready' | 'not-ready' | 'after-call-work' | 'do-not-disturb' | 'logged-off', reason?: string) =>
  bench.engine.execute({ type: 'channel.set', channel: 'im', setting, ...(reason ? { reason } : {}) });

describe('Own presence', () => {
  it('is published with a tuple for each channel once logged in', async () => {
    const bench = await kate([taken('a')]);
    expect(published(bench)).to.deep.equal(['- 180 im open voice closed']);
    expect(bench.gateway.published[0]?.body?.contentType).to.equal('application/pidf+xml');
    expect(bench.gateway.published[0]?.body?.content).to.contain('entity="sip:kate@deskside.test"');
  });

  it('is not published by somebody who is logged in nowhere', async () => {
    const bench = await kate([], { autoLogin: [] });
    expect(published(bench)).to.deep.equal([]);
  });

  it('is changed with the entity tag of what the switch holds, state by state', async () => {
    const bench = await kate(['a', 'b', 'c', 'd', 'e', 'f'].map((tag) => taken(tag)));
    await set(bench, 'not-ready', 'Lunch & Co');
    await set(bench, 'after-call-work');
    await set(bench, 'do-not-disturb');
    await bench.context.setBusy('im', true);
    await bench.context.setBusy('im', false);
    expect(published(bench)).to.deep.equal([
      '- 180 im open voice closed',
      'a 180 im open away Lunch & Co voice closed',
      'b 180 im open after-call-work other voice closed',
      'c 180 im open busy do-not-disturb voice closed',
      'd 180 im open busy voice closed',
      'e 180 im open busy do-not-disturb voice closed',
    ]);
  });

  it('says of voice that somebody is on the phone', async () => {
    const bench = await kate([taken('a'), taken('b')], { autoLogin: ['im', 'voice'], rights: ['im-use', 'im-make', 'voice'] });
    await bench.context.setBusy('voice', true);
    expect(published(bench).at(-1)).to.equal('a 180 im open voice open on-the-phone');
  });

  it('is refreshed before it runs out, sooner where the switch grants less', async () => {
    const bench = await kate([taken('a'), taken('b', 60), taken('c')]);
    await bench.clock.pass(143_999);
    expect(published(bench)).to.have.length(1);
    await bench.clock.pass(1);
    expect(published(bench).at(-1)).to.equal('a 180 im open voice closed');
    await bench.clock.pass(48_000);
    expect(published(bench).at(-1)).to.equal('b 180 im open voice closed');
  });

  it('is published anew where the switch has forgotten it: 412', async () => {
    const bench = await kate([taken('a'), response(412), taken('b'), taken('c')]);
    await set(bench, 'not-ready', 'Lunch');
    await set(bench, 'ready');
    expect(published(bench).map((line) => line.slice(0, 5))).to.deep.equal(['- 180', 'a 180', '- 180', 'b 180']);
    expect(published(bench)[2]).to.contain('Lunch');
  });

  it('is published anew after 412 to a refresh', async () => {
    const bench = await kate([taken('a'), response(412), taken('b')]);
    await bench.clock.pass(3 * MINUTE);
    expect(published(bench).map((line) => line.slice(0, 5))).to.deep.equal(['- 180', 'a 180', '- 180']);
  });

  it('is asked to live longer where 423 says how long', async () => {
    const bench = await kate([response(423, { 'Min-Expires': '900' }), taken('a', 900), taken('b', 900)]);
    await set(bench, 'not-ready');
    expect(published(bench).map((line) => line.slice(0, 5))).to.deep.equal(['- 180', '- 900', 'a 900']);
    await bench.clock.pass(10 * MINUTE);
    expect(published(bench)).to.have.length(3);
  });

  it('is not shown before the switch has answered for it', async () => {
    let answer: (response: SipResponse) => void = () => undefined;
    const bench = await kate([new Promise((resolve) => (answer = resolve))]);
    expect(bench.state.read('channels')?.im).to.deep.include({ state: 'logged-off', pending: 'ready' });
    answer(taken('a'));
    await settled();
    expect(bench.state.read('channels')?.im.state).to.equal('ready');
  });

  for (const status of [403, 404, 405, 415, 489, 501]) {
    it(`refused with ${status} is not offered again on this connection; the channel works all the same`, async () => {
      const bench = await kate([response(status)]);
      await set(bench, 'not-ready', 'Lunch');
      await bench.clock.pass(10 * MINUTE);
      expect(published(bench)).to.have.length(1);
      expect(bench.state.read('channels')?.im).to.include({ state: 'not-ready', reason: 'Lunch' });
      expect(bench.errors).to.deep.equal([]);
      await bench.gateway.lose();
      await bench.clock.pass(2000);
      expect(published(bench)).to.have.length(2);
    });
  }

  it('that failed is offered again, after a longer time each time', async () => {
    const bench = await kate([503, 500, 408, 503].map((status) => response(status)));
    const waits: number[] = [];
    for (let count = 1; count <= 4; count += 1) {
      const began = bench.clock.now;
      while (bench.gateway.published.length === count) await bench.clock.pass(500);
      waits.push((bench.clock.now - began) / 1000);
    }
    expect(waits).to.deep.equal([1, 2, 4, 8]);
  });

  it('waits as long as the switch says', async () => {
    const bench = await kate([response(503, { 'Retry-After': '120' }), taken('a')]);
    await bench.clock.pass(119_999);
    expect(published(bench)).to.have.length(1);
    await bench.clock.pass(1);
    expect(published(bench)).to.have.length(2);
  });

  it('skips states that nobody could have seen: one PUBLISH at a time, then the newest', async () => {
    let answer: (response: SipResponse) => void = () => undefined;
    const bench = await kate([taken('a'), new Promise((resolve) => (answer = resolve)), taken('c')]);
    const changes = [set(bench, 'not-ready', 'One'), set(bench, 'not-ready', 'Two'), set(bench, 'not-ready', 'Three')];
    await settled();
    expect(published(bench)).to.have.length(2);
    answer(taken('b'));
    await Promise.all(changes);
    expect(published(bench).at(-1)).to.contain('Three');
    expect(bench.state.read('channels')?.im.reason).to.equal('Three');
  });

  it('is told again after a lost connection, as the same document', async () => {
    const bench = await kate([taken('a'), taken('b')]);
    await bench.gateway.lose();
    await bench.clock.pass(2000);
    expect(published(bench)).to.deep.equal(['- 180 im open voice closed', 'a 180 im open voice closed']);
  });

  it('is taken away when the agent leaves, and left where another tab goes on', async () => {
    const bench = await kate([taken('a')]);
    await bench.engine.stop();
    expect(published(bench).at(-1)).to.equal('a 0');
    const kept = await kate([taken('a')]);
    await kept.engine.stop({ keep: true });
    expect(published(kept)).to.have.length(1);
  });

  /** Leaves while the switch has yet to answer a PUBLISH. */
  async function leavesUnder(before: readonly SipResponse[], answer: SipResponse | undefined): Promise<readonly string[]> {
    let say: (late: SipResponse) => void = () => undefined;
    const bench = await kate([...before, new Promise<SipResponse>((resolve) => (say = resolve))]);
    if (before.length) void set(bench, 'not-ready');
    await settled();
    const left = bench.engine.stop();
    await settled();
    if (answer) say(answer);
    await bench.clock.pass(2000);
    await left;
    return published(bench).slice(before.length);
  }

  it('is taken away also when the agent leaves while it is being told: under the name that the switch gives it then', async () => {
    expect(await leavesUnder([], taken('late'))).to.deep.equal(['- 180 im open voice closed', 'late 0']);
    expect(await leavesUnder([taken('a')], taken('b'))).to.deep.equal(['a 180 im open away voice closed', 'b 0']);
    expect(await leavesUnder([taken('a')], response(503))).to.deep.equal(['a 180 im open away voice closed', 'a 0']);
  });

  it('keeps nobody from leaving where the switch does not answer', async () => {
    expect(await leavesUnder([], undefined)).to.deep.equal(['- 180 im open voice closed']);
  });

  it('is closed everywhere once logged off, and not refreshed any more', async () => {
    const bench = await kate([taken('a'), taken('b')]);
    await set(bench, 'logged-off');
    expect(published(bench).at(-1)).to.equal('a 180 im closed voice closed');
    await bench.clock.pass(10 * MINUTE);
    expect(published(bench)).to.have.length(2);
  });
});
