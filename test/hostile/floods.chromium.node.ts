/** Floods at a whole page: everything is answered, the page stays there for its person, and memory is bounded. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SipService } from '../../src/services/index.js';
import { bye, invitation, line, presenceChange, type Standing } from './support/flood.js';
import { HostileSwitch, request, type Written } from './support/hostile-switch.js';
import { openPlace, type Place, type WatchedPage } from './support/page.js';
import { tasksDuring, type Tasks } from './support/tasks.js';

/** Longest task that a person does not feel as a hang, ms. */
const LIMIT = 100;
/** Most invitations that wait (`ServiceConfig.maxPending`). */
const PENDING = 20;
const PATIENCE = 300_000;

describe('floods', () => {
  let place: Place;
  let sip: HostileSwitch;
  let desk: WatchedPage;
  let dialog: Standing;

  before(async () => {
    [place, sip] = await Promise.all([openPlace('chromium'), HostileSwitch.start()]);
    desk = await place.desk(sip.url);
    await desk.page.setViewport({ width: 1200, height: 800 });
  });
  after(async () => {
    await sip.stop();
    await place.close();
  });

  /** How many got which final answer; 0: none. */
  function tally(all: readonly Written[]): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const { branch } of all) {
      const [first, second] = sip.finals(branch);
      assert.equal(second, undefined, 'answered twice');
      counts[first?.status ?? 0] = (counts[first?.status ?? 0] ?? 0) + 1;
    }
    return counts;
  }

  /** Says it all at once, in up to three tries: other programs may hold the machine up, the page may not. */
  async function flood(what: string, make: () => readonly (string | Buffer)[], between?: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const tasks = await once(make());
      console.log(`${what}: ${tasks.took} ms; longest task ${tasks.felt} ms by the clock, ${tasks.worked} ms of work`);
      assert.deepEqual(desk.faults, []);
      if (Math.min(tasks.felt, tasks.worked) <= LIMIT) return;
      assert.ok(attempt < 3, `${what}: a task of ${tasks.worked} ms`);
      await between?.();
    }
  }

  async function once(frames: readonly (string | Buffer)[]): Promise<Tasks & { took: number }> {
    const start = performance.now();
    const say = async (): Promise<void> => {
      for (const frame of frames) sip.say(frame);
      await sip.settled(PATIENCE);
    };
    const tasks = await tasksDuring(desk.page, () => desk.longTasks(), say);
    return { ...tasks, took: Math.round(performance.now() - start) };
  }

  it('1,000 invitations at once: 20 wait, every other one is told that the agent is busy', async () => {
    let all: Written[] = [];
    const make = (): string[] => {
      all = Array.from({ length: 1000 }, (_, number) => invitation(number));
      return all.map(({ frame }) => frame);
    };
    await flood('1,000 invitations', make, async () => {
      for (const one of all) if (sip.finals(one.branch).length === 0) sip.say(cancelOf(one));
      await sip.settled();
    });
    assert.deepEqual(tally(all), { 0: PENDING, 486: 1000 - PENDING });
    const [first] = all.filter(({ branch }) => sip.finals(branch).length === 0);
    assert.ok(first);
    dialog = await accepted(first);
  });

  /** Accepts the oldest invitation at the page, in its window. */
  async function accepted(invite: Written): Promise<Standing> {
    await desk.page.evaluate(acceptOldest);
    const ok = await sip.final(invite);
    assert.equal(ok.status, 200);
    const standing = { callId: invite.callId, from: ok.headers.get('from') ?? '', to: ok.headers.get('to') ?? '' };
    sip.say(request('ACK', { ...standing }).frame);
    await sip.settled();
    return standing;
  }

  it('10,000 messages in one open session: all there, in order', async () => {
    const before = await desk.heap();
    const all: Written[] = [];
    const make = (): string[] => {
      // A second try is as many again: the lines are told apart by their numbers.
      const more = Array.from({ length: 10_000 }, (_, number) => line(dialog, all.length + number));
      all.push(...more);
      return more.map(({ frame }) => frame);
    };
    await flood('10,000 messages', make);
    assert.deepEqual(tally(all), { 200: all.length });
    const texts = await desk.page.evaluate(linesOfOldest);
    assert.deepEqual(
      texts,
      all.map((_, number) => `line ${number}`),
    );
    const grown = (await desk.heap()) - before;
    console.log(`10,000 messages: ${(grown / 1e6).toFixed(1)} MB more`);
    assert.ok(grown < (all.length / 10_000) * 60e6, `${grown} bytes more`);
  });

  it('1,000 presence changes a second', async () => {
    const from = sip.messages.length;
    await desk.page.type('>>> input[role=combobox]', 'jo');
    const subscribe = await sip.asked('SUBSCRIBE', from);
    const addresses = [...subscribe.body.matchAll(/uri="([^"]+)"/g)].map(([, uri]) => uri ?? '');
    const change = (number: number): Written => presenceChange(subscribe, addresses[number % addresses.length] ?? '', number);
    // The first tells that the switch knows lists; one that tells nothing for a while is given up.
    sip.say(change(0).frame);
    const all: Written[] = [];
    const before = await desk.heap();
    for (let second = 0; second < 3; second += 1) {
      await flood('1,000 presence changes', () => {
        const more = Array.from({ length: 1000 }, (_, number) => change(1 + all.length + number));
        all.push(...more);
        return more.map(({ frame }) => frame);
      });
    }
    assert.deepEqual(tally(all), { 200: all.length });
    assert.ok((await desk.heap()) - before < 5e6);
  });

  it('a frame of 10 MB is dropped, whatever is in it, and the connection stays', async () => {
    const heap = await desk.heap();
    const sockets = sip.connections;
    const size = 10 * 1024 * 1024;
    await flood('10 MB of one header', () => [`MESSAGE sip:kate@deskside.test SIP/2.0\r\n${'x'.repeat(size)}`]);
    await flood('10 MB of message', () => [line(dialog, 20_000, 'y'.repeat(size)).frame]);
    await flood('10 MB of bytes', () => [Buffer.alloc(size, 0xff)]);
    assert.equal(sip.connections, sockets);
    assert.ok((await desk.heap()) - heap < 5e6);
  });

  it('leaves the agent’s own session unharmed', async () => {
    const from = sip.messages.length;
    await desk.page.evaluate(writeInOldest, 'still here');
    const written = await sip.asked('MESSAGE', from);
    assert.match(written.body, /still here/);
    assert.equal(written.headers.get('call-id'), dialog.callId);
    sip.reply(written, 200);
    const end = bye(dialog);
    sip.say(end.frame);
    assert.equal((await sip.final(end)).status, 200);
    assert.equal(sip.connections, 1, 'one connection all the time');
  });
});

/** The same invitation taken back by its caller (RFC 3261, 9.1). */
function cancelOf({ frame }: Written): string {
  return frame
    .slice(0, frame.indexOf('\r\n\r\n') + 4)
    .replace(/INVITE/g, 'CANCEL')
    .replace(/^Content-(?:Type|Length): .*\r\n/gm, '');
}

interface Desk {
  deskside: { service: SipService };
}

/** Runs in the page. */
function acceptOldest(): void {
  const { service } = (globalThis as unknown as Desk).deskside;
  const id = service.snapshot.get('sessions')?.[0] ?? '';
  service.view.open(id);
  void service.im.accept(id);
}

/** Runs in the page: what others wrote in the oldest session, as the snapshot has it. */
function linesOfOldest(): string[] {
  const { service } = (globalThis as unknown as Desk).deskside;
  const { chunks } = service.snapshot.get(`transcript:${service.snapshot.get('sessions')?.[0] ?? ''}`) ?? { chunks: [] };
  return chunks.flat().flatMap((entry) => (entry.kind === 'message' && !entry.own ? [entry.text] : []));
}

/** Runs in the page. */
function writeInOldest(text: string): void {
  const { service } = (globalThis as unknown as Desk).deskside;
  service.im.send(service.snapshot.get('sessions')?.[0] ?? '', text);
}
