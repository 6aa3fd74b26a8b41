/**
 * What sessions, opened and closed with Done, leave behind in a whole page: nothing. Some hundred by default; `LEAK_SESSIONS=1000` for the
 * whole thousand. Memory may be 5 % more whatever their number; that nothing stays of each single one is shown by its ids, which are nowhere in
 * the heap any more.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import type { SipService } from '../../src/services/index.js';
import { Opened } from '../support/node-browser.js';
import { bye, invitation, line, SENDER, type Standing } from './support/flood.js';
import { HostileSwitch, request } from './support/hostile-switch.js';
import { closeAll } from './support/look.js';
import { openPlace, type WatchedPage } from './support/page.js';

const SESSIONS = Number(process.env['LEAK_SESSIONS'] ?? 200);
/** Sessions before the first look: the page's code is compiled and its bounded caches are full then. */
const WARM = 100;
/** Sessions that are open at once: as many as may wait. */
const TOGETHER = 20;
/** Ids that the caches of parsed header values may still hold (`remembering`: 128 texts each, two or three of a session). */
const CACHED = 64;

/** Longest timer of a transaction (64 × T1, RFC 3261, 17.1.1.1), and the shortest that ends one (T4), ms. */
const LAST_TIMERS = [4000, 32_000] as const;

/** What the page holds. */
interface Held {
  readonly heap: number;
  readonly timers: number;
  readonly listeners: number;
  readonly nodes: number;
}

interface Counted {
  deskside: { service: SipService };
  timers: Map<unknown, { readonly ms: number; readonly run: () => void }>;
}

/** Runs in the page before anything else: keeps a list of the timers that are set. */
function countTimers(): void {
  const timers: Counted['timers'] = new Map();
  (globalThis as unknown as Counted).timers = timers;
  const { setTimeout, clearTimeout } = globalThis;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => {
      const handle = setTimeout(() => {
        timers.delete(handle);
        run();
      }, ms);
      timers.set(handle, { ms, run });
      return handle;
    },
    clearTimeout: (handle: ReturnType<typeof setTimeout>) => {
      timers.delete(handle);
      clearTimeout(handle);
    },
  });
}

/** Runs in the page: what transactions wait for before they are forgotten has happened. */
function elapse([shortest, longest]: typeof LAST_TIMERS): void {
  const { timers } = globalThis as unknown as Counted;
  for (const [handle, { ms, run }] of [...timers]) {
    if (ms < shortest || ms > longest || !timers.has(handle)) continue;
    clearTimeout(handle as number);
    run();
  }
}

/** Everything that is written anywhere in the page's heap. */
async function stringsOf(page: Page): Promise<string> {
  const client = await page.createCDPSession();
  const parts: string[] = [];
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await client.detach();
  const whole = parts.join('');
  return whole.slice(whole.lastIndexOf('"strings":['));
}

describe('leaks', () => {
  const opened = new Opened();
  let sip: HostileSwitch;
  let desk: WatchedPage;
  const ids: string[] = [];

  before(async () => {
    // Optimised code comes and goes, and is part of the heap.
    const args = ['--js-flags=--no-opt --no-maglev'];
    const place = await opened.keep('the place', openPlace('chromium', { args }), (one) => one.close());
    sip = await opened.keep('the switch', HostileSwitch.start(), (one) => one.stop());
    desk = await place.desk(sip.url, 'kate', '', countTimers);
  });
  after(() => opened.close());

  /** Some sessions at once: invited, accepted each in its window, written in, ended by the peer, closed. */
  async function live(from: number): Promise<void> {
    const invites = Array.from({ length: TOGETHER }, (_, one) => invitation(from + one));
    for (const { frame } of invites) sip.say(frame);
    await sip.settled();
    ids.push(...(await desk.page.evaluate(acceptAll)), ...invites.map(({ callId }) => callId));
    const dialogs: Standing[] = [];
    for (const invite of invites) {
      const { headers } = await sip.final(invite);
      dialogs.push({ sender: SENDER, callId: invite.callId, from: headers.get('from') ?? '', to: headers.get('to') ?? '' });
    }
    for (const dialog of dialogs) sip.say(request('ACK', dialog).frame);
    for (const dialog of dialogs) sip.say(line(dialog, 1).frame);
    await sip.settled();
    for (const dialog of dialogs) sip.say(bye(dialog).frame);
    await sip.settled();
    await closeAll(desk.page);
    sip.forget();
  }

  /** What is held once nothing is under way any more. */
  async function held(): Promise<Held> {
    await desk.page.evaluate(elapse, LAST_TIMERS);
    await sip.settled();
    // Words for screen readers stay for 5 s, an answered OPTIONS for 32.
    await desk.page.evaluate(elapse, LAST_TIMERS);
    const heap = await desk.heap();
    const { JSEventListeners: listeners = 0, Nodes: nodes = 0 } = await desk.page.metrics();
    return { heap, listeners, nodes, timers: await desk.page.evaluate(() => (globalThis as unknown as Counted).timers.size) };
  }

  it(`${SESSIONS} sessions, opened and Done, leave nothing behind`, async () => {
    for (let number = 0; number < WARM; number += TOGETHER) await live(number);
    const start = await held();
    ids.length = 0;
    for (let number = WARM; number < WARM + SESSIONS; number += TOGETHER) await live(number);
    const end = await held();
    const words = `before ${JSON.stringify(start)}, after ${JSON.stringify(end)}`;
    console.log(words);
    const strings = await stringsOf(desk.page);
    const left = ids.filter((id) => strings.includes(id));
    assert.equal(ids.length, 2 * SESSIONS);
    assert.ok(left.length <= CACHED, `${left.length} of ${ids.length} ids are still in the heap: ${left.slice(0, 3).join(', ')} …`);
    assert.ok(end.heap <= start.heap * 1.05, words);
    assert.ok(end.timers <= start.timers + 2, words);
    assert.ok(end.listeners <= start.listeners, words);
    assert.ok(end.nodes <= start.nodes * 1.05, words);
    assert.deepEqual(desk.faults, []);
  });
});

/** Runs in the page. @returns the ids */
function acceptAll(): string[] {
  const { service } = (globalThis as unknown as Counted).deskside;
  const ids = [...(service.snapshot.get('sessions') ?? [])];
  for (const id of ids) {
    service.view.open(id);
    void service.im.accept(id).catch(() => undefined);
  }
  return ids;
}
