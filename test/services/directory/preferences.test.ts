import { expect } from '@open-wc/testing';
import { browserStore, type PreferenceStore } from '../../../src/services/directory/preference-store.js';
import { createPreferences } from '../../../src/services/directory/preferences.js';
import type { KeyValueStorage } from '../../../src/services/index.js';
import { settled } from '../protocol/fakes.js';
import { agent } from './support.js';

const [JOHN, JANE] = [agent('John Davis'), agent('Jane Moss')];

function memory(): KeyValueStorage & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

/** Preferences over a store, for an agent that can be changed. */
function preferences(store: PreferenceStore, corporate: readonly unknown[] = []) {
  const errors: string[] = [];
  const state = { account: 'sip:kate@deskside.test', changes: 0 };
  const made = createPreferences({
    store: () => store,
    account: () => state.account,
    corporate: () => corporate,
    onChange: () => void (state.changes += 1),
    onError: (error) => void errors.push(`${error.code}: ${error.message}`),
  });
  return { made, state, errors };
}

describe('favorites and recents', () => {
  it('are kept per agent, over a reload', () => {
    const storage = memory();
    const first = preferences(browserStore({ settings: storage }));
    first.made.addFavorite(JOHN, 'Night shift');
    first.made.addRecent(JANE);
    first.made.setZoom(150);
    expect(first.state.changes).to.equal(3);
    // Nothing else may be stored.
    expect([...storage.map.values()].map((text) => Object.keys(JSON.parse(text) as object).toSorted())).to.deep.equal([
      ['favorites', 'recents', 'zoom'],
    ]);
    const again = preferences(browserStore({ settings: storage }));
    expect(again.made.favorites()).to.deep.equal([{ target: JOHN, category: 'Night shift', corporate: false }]);
    expect(again.made.recents()).to.deep.equal([JANE]);
    expect(again.made.zoom()).to.equal(150);
    again.state.account = 'sip:aki@deskside.test';
    expect(again.made.favorites()).to.deep.equal([]);
    again.state.account = 'sip:kate@deskside.test';
    expect(again.made.favorites().length).to.equal(1);
  });

  it('have ten recents, the newest first, each once', () => {
    const { made } = preferences(browserStore({ settings: memory() }));
    const people = Array.from({ length: 12 }, (_, at) => agent(`Person ${String.fromCharCode(97 + at)}`));
    for (const one of people) made.addRecent(one);
    expect(made.recents().length).to.equal(10);
    const third = people[8];
    if (third) made.addRecent(third);
    expect(made.recents()[0]).to.equal(third);
    expect(made.recents().length).to.equal(10);
  });

  it('are edited and removed; corporate ones are not, and stand first, once', () => {
    const { made, errors } = preferences(browserStore({ settings: memory() }), [
      { ...JANE, category: 'Leads' },
      { name: 'No address' },
      null,
    ]);
    made.addFavorite(JOHN);
    made.addFavorite(JANE, 'Mine');
    made.editFavorite(JOHN.address, '  Night shift ');
    made.editFavorite(JANE.address, 'Hijacked');
    made.removeFavorite(JANE.address);
    expect(made.favorites().map(({ target, category, corporate }) => [target.name, category, corporate])).to.deep.equal([
      ['Jane Moss', 'Leads', true],
      ['John Davis', 'Night shift', false],
    ]);
    expect(errors).to.deep.equal([
      'directory: Record 2 ("No address") of the corporate favorites has no SIP address (sip:user@domain).',
      'directory: Record 3 of the corporate favorites has no name.',
    ]);
    made.removeFavorite(JOHN.address);
    expect(made.favorites().length).to.equal(1);
  });

  for (const text of [
    '',
    '{',
    'null',
    '7',
    '{"favorites":7,"recents":{},"zoom":"x"}',
    '{"favorites":[null,{"target":{}}],"recents":["x"]}',
  ]) {
    it(`are empty where what was kept makes no sense: ${text || 'nothing'}`, () => {
      const { made } = preferences({ load: () => text, save: () => undefined });
      expect([made.favorites(), made.recents(), made.zoom()]).to.deep.equal([[], [], 100]);
    });
  }

  it('live as long as the page where the store fails, and the page is told', async () => {
    const failing: PreferenceStore[] = [
      {
        load: () => {
          throw new Error('blocked');
        },
        save: () => {
          throw new Error('full');
        },
      },
      { load: () => Promise.reject(new Error('blocked')), save: () => Promise.reject(new Error('full')) },
    ];
    for (const store of failing) {
      const { made, errors } = preferences(store);
      made.addFavorite(JOHN);
      await settled();
      expect(made.favorites().length).to.equal(1);
      expect(errors).to.deep.equal(['storage: Favorites and recents cannot be kept: the store failed. They hold for this page.']);
    }
  });

  it('of a store that answers later come later, and lose nothing that was done meanwhile', async () => {
    let answer: (text: string) => void = () => undefined;
    const saved: string[] = [];
    const { made, state } = preferences({
      load: () => new Promise<string>((resolve) => (answer = resolve)),
      save: (_agent, text) => void saved.push(text),
    });
    expect(made.favorites()).to.deep.equal([]);
    made.addFavorite(JANE);
    expect(saved).to.deep.equal([]);
    answer(JSON.stringify({ favorites: [{ target: JOHN, category: 'Old' }], recents: [JOHN] }));
    await settled();
    expect(made.favorites().map(({ target }) => target.name)).to.deep.equal(['John Davis', 'Jane Moss']);
    expect(made.recents()).to.deep.equal([JOHN]);
    expect(saved.length).to.equal(1);
    expect(state.changes).to.equal(2);
  });

  it('of another agent do not come in late', async () => {
    const answers = new Map<string, (text: string) => void>();
    const { made, state } = preferences({
      load: (one) => new Promise<string>((resolve) => answers.set(one, resolve)),
      save: () => undefined,
    });
    made.favorites();
    state.account = 'sip:aki@deskside.test';
    made.favorites();
    answers.get('sip:kate@deskside.test')?.(JSON.stringify({ recents: [JOHN] }));
    await settled();
    expect(made.recents()).to.deep.equal([]);
  });

  it('follow what another tab of the agent has changed, and do not undo it', () => {
    const settings = memory();
    const listeners = new Set<(key: string | null) => void>();
    const store = browserStore({
      settings,
      onSettings: (listener, { signal }) => {
        listeners.add(listener);
        signal.addEventListener('abort', () => listeners.delete(listener));
      },
    });
    const [here, there] = [preferences(store), preferences(browserStore({ settings }))];
    expect(here.made.favorites()).to.deep.equal([]);
    there.made.addFavorite(JOHN);
    for (const tell of listeners) tell('deskside/preferences/1/sip:somebody@else.test');
    expect(here.state.changes).to.equal(0);
    for (const tell of listeners) tell('deskside/preferences/1/sip:kate@deskside.test');
    expect(here.made.favorites().map(({ target }) => target)).to.deep.equal([JOHN]);
    expect(here.state.changes).to.equal(1);
    // Not told of yet, and kept all the same.
    there.made.addRecent(JANE);
    here.made.setZoom(150);
    expect(preferences(browserStore({ settings })).made.recents()).to.deep.equal([JANE]);
    here.made.stop();
    expect(listeners.size).to.equal(0);
  });
});
