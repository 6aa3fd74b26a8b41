import { expect } from '@open-wc/testing';
import type { KeyValueStorage } from '../../../src/services/environment.js';
import { VERSION } from '../../../src/services/version.js';
import { memoryStorage } from '../../support/network.js';
import { session } from '../../support/people.js';
import { closeAll, Tab, until } from './fakes.js';

const KEYS = [`deskside/${VERSION}/instance/sip:kate@deskside.test`, `deskside/${VERSION}/kept/sip:kate@deskside.test`] as const;

/** What the browser gives a duplicated tab. */
function copyOf(storage: KeyValueStorage): KeyValueStorage {
  const copy = memoryStorage();
  for (const key of KEYS) {
    const value = storage.getItem(key);
    if (value !== null) copy.setItem(key, value);
  }
  return copy;
}

const instanceOf = (storage: KeyValueStorage): string | null => storage.getItem(KEYS[0]);
const keptBy = (storage: KeyValueStorage): string | null => storage.getItem(KEYS[1]);

describe('A duplicated tab', () => {
  afterEach(closeAll);

  async function leadingTab(storage: KeyValueStorage, tabs: 'shared' | 'separate'): Promise<Tab> {
    const tab = new Tab({ tabStorage: storage }).join({ tabs });
    await until('leading', () => tab.leads);
    return tab;
  }

  /** One that has a session, and has written it down. */
  async function original(storage: KeyValueStorage, tabs: 'shared' | 'separate'): Promise<Tab> {
    const tab = await leadingTab(storage, tabs);
    const dialog = { callId: 'c', localTag: 'a', remoteTag: 'b', remoteTarget: 'sip:john@deskside.test;gr=1' };
    tab.engine.tell({ type: 'channels', at: 1, channels: { im: { state: 'ready', since: 1 }, voice: { state: 'logged-off', since: 1 } } });
    tab.engine.tell({ type: 'session-opened', at: 1, session: { ...session({ id: 's1' }), status: 'connected', dialog } });
    await until('the record', () => keptBy(storage) !== null);
    return tab;
  }

  it('that shares with nobody is a device of its own, and takes nobody’s sessions', async () => {
    const storage = memoryStorage();
    await original(storage, 'separate');
    const copied = copyOf(storage);
    const second = await leadingTab(copied, 'separate');
    expect(instanceOf(copied)).to.not.equal(instanceOf(storage));
    expect(second.state.read('sessions') ?? []).to.deep.equal([]);
    expect(keptBy(copied)).to.equal(null);
    expect(keptBy(storage)).to.not.equal(null);
  });

  it('that shares follows, and keeps nothing longer than its original', async () => {
    const storage = memoryStorage();
    const first = await original(storage, 'shared');
    const copied = copyOf(storage);
    const second = await new Tab({ tabStorage: copied }).join().follows();
    expect(second.state.read('sessions')).to.deep.equal(['s1']);
    expect(keptBy(copied)).to.not.equal(null);
    first.engine.tell({ type: 'session-ended', at: 2, sessionId: 's1', outcome: { code: 'ended' } });
    await until('nothing kept', () => keptBy(copied) === null && keptBy(storage) === null);
  });

  it('takes the name over when the page before it has gone', async () => {
    const storage = memoryStorage();
    const first = await leadingTab(storage, 'separate');
    const instance = instanceOf(storage);
    await first.leaves();
    await leadingTab(storage, 'separate');
    expect(instanceOf(storage)).to.equal(instance);
  });
});
