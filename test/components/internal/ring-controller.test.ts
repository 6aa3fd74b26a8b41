import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { RingController } from '../../../src/components/internal/ring-controller.js';
import type { Ringer } from '../../../src/services/index.js';

/** How many sounds are made at this moment, and were made at all. */
class FakeRinger {
  now = 0;
  ever = 0;
  readonly blocked = false;
  readonly unavailable = false;
  ring(): () => void {
    this.now += 1;
    this.ever += 1;
    return () => void (this.now -= 1);
  }
}

/** A tab: locks are shared by whoever is of one origin, tabs as well as elements of one page. */
function tab(ringer: FakeRinger): RingController {
  const host = { ring: 'bell|7|-1', addController: () => undefined, requestUpdate: () => undefined };
  return new RingController(host as unknown as ConstructorParameters<typeof RingController>[0], ringer as unknown as Ringer);
}

describe('internal/ring-controller', () => {
  let id = '';
  let ringer: FakeRinger;
  let tabs: RingController[];

  beforeEach(() => {
    id = crypto.randomUUID();
    ringer = new FakeRinger();
    tabs = Array.from({ length: 10 }, () => tab(ringer));
    for (const one of tabs) one.follow([id]);
  });
  afterEach(() => tabs.forEach((one) => one.follow([])));

  const rings = (): Promise<void> => waitUntil(() => ringer.now === 1, 'nothing rings', { timeout: 10_000 });

  it('rings in one of ten tabs, for each that waits', async () => {
    await rings();
    await aTimeout(700);
    expect(ringer.ever).to.equal(1);
    const other = crypto.randomUUID();
    for (const one of tabs) one.follow([id, other]);
    await waitUntil(() => ringer.now === 2, 'the second does not ring', { timeout: 10_000 });
  });

  it('goes on in another one when the tab that rings is closed', async () => {
    await rings();
    for (let closed = 0; ringer.now === 1; closed += 1) tabs[closed]?.follow([]);
    expect(ringer.now).to.equal(0);
    await rings();
    expect(ringer.ever).to.equal(2);
  });

  it('is silent in all once it is answered in one, though the others hear of it a moment later', async () => {
    await rings();
    tabs[0]?.follow([]);
    await aTimeout(100);
    for (const one of tabs) one.follow([]);
    await aTimeout(700);
    expect(ringer.now).to.equal(0);
    expect(ringer.ever).to.equal(1);
  });
});
