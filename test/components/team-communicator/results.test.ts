import { expect, waitUntil } from '@open-wc/testing';
import { ServiceError, type Directory, type SearchQuery, type SearchResult, type Target } from '../../../src/services/index.js';
import { inside, shown } from '../../support/elements.js';
import { session } from '../../support/people.js';
import { ADA, CALL, communicator, given, JOHN, QUEUE, type Communicator } from './support.js';

const PEOPLE: Target[] = Array.from({ length: 312 }, (_, at) => ({
  type: 'agent',
  address: `sip:p${at}@deskside.test`,
  name: `Person ${String(at).padStart(3, '0')}`,
}));

const contacts = (answer: Directory['searchContacts']): Partial<Directory> => ({ hasContacts: true, searchContacts: answer });
const hits = (...targets: Target[]): SearchResult['hits'] =>
  targets.map((target) => ({ target, nameMatches: [], favorite: false, corporate: false, recent: false }));

describe('<team-communicator> results', () => {
  it('says how many of how many are shown, and takes its cap from the attribute', async () => {
    const { element, type, names } = await communicator({ targets: PEOPLE });
    await type('person');
    expect(names().length).to.equal(10);
    expect(shown(element)).to.contain('10 of 312 matching internal targets');
    element.limit = 3;
    await element.updateComplete;
    expect(shown(element)).to.contain('3 of 312 matching internal targets');
    element.limit = Number.NaN;
    await element.updateComplete;
    expect(names().length).to.equal(10);
  });

  it('keeps the number before its words where the page runs from right to left', async () => {
    const { element, type } = await communicator({ targets: PEOPLE });
    await type('person');
    element.dir = 'rtl';
    const words = inside(element, '.group-title bdi');
    const text = [...words.childNodes].find((node) => node instanceof Text && node.data.includes('matching'));
    const at = (offset: number): number => {
      const range = document.createRange();
      range.setStart(text as Text, offset);
      range.setEnd(text as Text, offset + 1);
      return range.getBoundingClientRect().left;
    };
    const number = (text?.textContent ?? '').indexOf('10 of 312');
    const word = (text?.textContent ?? '').indexOf('matching');
    expect(getComputedStyle(words).direction).to.equal('ltr');
    expect(at(number)).to.be.below(at(word));
  });

  it('shows contacts in rows of their own, counted apart', async () => {
    const { element, type, names } = await communicator({ directory: contacts(() => Promise.resolve({ hits: hits(ADA), total: 7 })) });
    await type('joh');
    await waitUntil(() => names().includes('Ada Johnson'));
    expect(shown(element)).to.contain('2 matching internal targets').and.to.contain('1 of 7 matching contacts');
    await expect(element).to.be.accessible();
  });

  it('drops contacts that answer what is not asked any more', async () => {
    const answers = new Map<string, (result: SearchResult) => void>();
    const signals = new Map<string, AbortSignal>();
    const { type, names } = await communicator({
      directory: contacts(({ text }, { signal }) => {
        signals.set(text, signal);
        return new Promise((resolve) => answers.set(text, resolve));
      }),
    });
    await type('jo');
    await type('john');
    expect(signals.get('jo')?.aborted).to.equal(true);
    answers.get('john')?.({ hits: hits(ADA), total: 1 });
    await waitUntil(() => names().includes('Ada Johnson'));
    answers.get('jo')?.({ hits: hits({ ...ADA, name: 'Too Late' }), total: 1 });
    await type('john ');
    expect(names()).not.to.include('Too Late');
  });

  it('says that contacts are being searched, that they cannot be, and asks again', async () => {
    let answer: (result: SearchResult) => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const { element, type, click, names } = await communicator({
      directory: contacts(
        () =>
          new Promise((resolve, reject) => {
            answer = resolve;
            fail = reject;
          }),
      ),
    });
    await type('zzz');
    expect(shown(element)).to.contain('Contacts are being searched…').and.not.to.contain('No match');
    fail(new ServiceError('directory', 'no'));
    await waitUntil(() => shown(element).includes('Contacts cannot be searched'));
    await click('Retry');
    answer({ hits: hits(ADA), total: 1 });
    await waitUntil(() => names().includes('Ada Johnson'));
    expect(shown(element)).not.to.contain('Contacts cannot be searched');
  });

  it('stands under headings by type, or flat', async () => {
    const { element, type, click } = await communicator();
    await type('billing');
    expect(element.renderRoot.querySelectorAll('.part-title').length).to.equal(0);
    await click('Grouped by type');
    expect([...element.renderRoot.querySelectorAll('.part-title')].map(({ textContent }) => textContent)).to.deep.equal([
      'Agents',
      'Queues',
    ]);
    await expect(element).to.be.accessible();
  });

  it('shows of one type only', async () => {
    const { element, type, names } = await communicator();
    await type('billing');
    const select = inside<HTMLSelectElement>(element, 'select');
    select.value = 'queue';
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(names()).to.deep.equal(['Billing']);
  });

  it('lists favorites, under their categories where they have some, and recents', async () => {
    const favorites = [
      { target: QUEUE, category: '', corporate: false },
      { target: JOHN, category: 'Night shift', corporate: false },
    ];
    const { element, click, names, fake } = await communicator({ favorites });
    await click('Favorites');
    expect(names()).to.have.members(['John Davis', 'Billing']);
    expect(shown(element)).to.contain('2 favorites');
    expect(element.renderRoot.querySelectorAll('[aria-label="Grouped by type"]').length, 'favorites have categories').to.equal(0);
    expect([...element.renderRoot.querySelectorAll('.part-title')].map(({ textContent }) => textContent)).to.deep.equal([
      'Night shift',
      'Without category',
    ]);
    await click('Recents');
    expect(names()).to.deep.equal([]);
    expect(shown(element)).to.contain('Nobody yet');
    fake.service.preferences.addRecent(JOHN);
    await waitUntil(() => names().includes('John Davis'));
    expect(shown(element)).to.contain('1 recent target');
  });

  it('has a star for a favorite, with a word for it, but not where all are favorites', async () => {
    const favorite = { target: JOHN, category: '', corporate: false };
    const { element, click, type } = await communicator({ favorites: [favorite] });
    await type('joh');
    const stars = (): string[] =>
      [...element.renderRoot.querySelectorAll('.row:has(.star[role="img"][aria-label="Favorite"]) .row-title')].map(({ textContent }) =>
        textContent.trim(),
      );
    expect(stars()).to.deep.equal(['John Davis']);
    await click('Favorites');
    expect(stars()).to.deep.equal([]);
    await click('All');
    expect(stars()).to.deep.equal(['John Davis']);
    element.activeService?.preferences.removeFavorite(JOHN.address);
    await waitUntil(() => stars().length === 0, 'the star goes with the favorite');
  });

  it('says while the directory is loading, that it failed, and reads it again', async () => {
    const { element, fake, click } = await communicator({ slices: { directory: { status: 'loading', count: 0, version: 1 } } });
    expect(shown(element)).to.contain('The directory is being loaded…');
    fake.store.set('directory', { status: 'failed', count: 0, version: 2, error: { code: 'directory', message: 'x' } });
    await waitUntil(() => shown(element).includes('The directory cannot be loaded'));
    await expect(element).to.be.accessible();
    await click('Retry');
    expect(given(fake, 'directory.refresh').length).to.equal(1);
  });

  it('offers to dial a number that nobody has, where there are calls', async () => {
    const { element, fake, type, names, press } = await communicator();
    await type('+49 30 1234');
    expect(shown(element)).to.contain('No match for “+49 30 1234”');
    expect(names()).to.deep.equal(['Dial +49 30 1234']);
    await press('Enter');
    await waitUntil(() => given(fake, 'calls.start').length === 1);
    expect(given(fake, 'calls.start')[0]?.[1]).to.deep.equal({ number: '+49 30 1234' });
  });

  it('offers no number where there are no calls', async () => {
    const { element, fake, type, names } = await communicator();
    Object.defineProperty(fake.service.calls, 'available', { value: false });
    await type('+49 30 1234');
    expect(names()).to.deep.equal([]);
    expect(shown(element)).to.contain('No match');
  });

  it('does not move rows when presence arrives later, and shows it in place', async () => {
    const { element, fake, type, names } = await communicator({ targets: PEOPLE.slice(0, 4) });
    await type('person');
    for (const at of [0, 1, 2, 3]) fake.store.set(`presence:sip:p${at}@deskside.test`, { state: 'busy', channels: {} });
    await waitUntil(() => shown(element).includes('Busy'));
    const before = names();
    const rows = [...element.renderRoot.querySelectorAll('[role=row]')];
    fake.store.set('presence:sip:p3@deskside.test', { state: 'ready', channels: {} });
    await waitUntil(() => shown(element).includes('Ready'));
    expect(names()).to.deep.equal(before);
    expect([...element.renderRoot.querySelectorAll('[role=row]')]).to.deep.equal(rows);
    await type('person ');
    expect(names()[0], 'the next key may sort').to.equal('Person 003');
  });

  it('puts who is Ready first as soon as all presences of a new list are known', async () => {
    const { fake, type, names } = await communicator({ targets: PEOPLE.slice(0, 3) });
    await type('person');
    expect(names()).to.deep.equal(['Person 000', 'Person 001', 'Person 002']);
    for (const [at, state] of ['not-ready', 'busy', 'ready'].entries()) {
      fake.store.set(`presence:sip:p${at}@deskside.test`, { state: state as 'ready', channels: {} });
    }
    await waitUntil(() => names()[0] === 'Person 002');
    expect(names()).to.deep.equal(['Person 002', 'Person 000', 'Person 001']);
  });

  for (const [how, touch] of [
    ['a key', async ({ press }: Communicator) => press('ArrowDown')],
    [
      'a hand',
      async ({ element }: Communicator) => {
        inside(element, '#row-1').dispatchEvent(new PointerEvent('pointermove', { bubbles: true, composed: true }));
        await element.updateComplete;
      },
    ],
  ] as const) {
    it(`moves no row once ${how} is at them`, async () => {
      const mounted = await communicator({ targets: PEOPLE.slice(0, 3) });
      const { fake, type, names, element } = mounted;
      await type('person');
      await touch(mounted);
      for (const at of [0, 1, 2]) {
        fake.store.set(`presence:sip:p${at}@deskside.test`, { state: at === 2 ? 'ready' : 'busy', channels: {} });
      }
      await waitUntil(() => shown(element).includes('Ready'));
      expect(names()).to.deep.equal(['Person 000', 'Person 001', 'Person 002']);
    });
  }

  it('lists what the host finds after its own, counts both, and says while it asks and that it failed', async () => {
    let answer: (found: SearchResult) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const asked: string[] = [];
    const searchTargets = ({ text }: SearchQuery): Promise<SearchResult> => {
      asked.push(text);
      return new Promise((resolve, reject) => ([answer, fail] = [resolve, reject]));
    };
    const { element, type, names, click } = await communicator({ directory: { hasSearch: true, searchTargets } });
    const far = { type: 'agent', address: 'sip:far@deskside.test', name: 'Far Johanna' } as const;
    const plain = { nameMatches: [], favorite: false, corporate: false, recent: false };
    await type('john davis');
    const own = names();
    answer({
      hits: [
        { target: far, ...plain },
        { target: JOHN, ...plain },
      ],
      total: 41,
    });
    await waitUntil(() => names().includes('Far Johanna'));
    expect(names()).to.deep.equal([...own, 'Far Johanna']);
    expect(shown(element)).to.contain('41 matching internal targets');
    await type('zzz');
    expect(shown(element)).to.contain('Searching…');
    fail(new ServiceError('timeout', 'late'));
    await waitUntil(() => shown(element).includes('The directory cannot be searched'));
    await click('Retry');
    await waitUntil(() => asked.length === 3);
    expect(asked).to.deep.equal(['john davis', 'zzz', 'zzz']);
  });

  it('tells state, reason and since when for each channel of the chosen row', async () => {
    const { element, fake, type } = await communicator();
    fake.store.set(`presence:${JOHN.address}`, {
      state: 'not-ready',
      reason: 'Lunch',
      channels: { im: { state: 'not-ready', reason: 'Lunch', since: Date.now() - 600_000 }, voice: { state: 'busy' } },
    });
    await type('john davis');
    const details = inside(element, '#details').textContent;
    expect(details).to.contain('Instant messaging: Not Ready · Lunch (changed 10 minutes ago)').and.to.contain('Voice: Busy');
    expect(inside(element, '.row.selected').getAttribute('aria-describedby')).to.equal('details');
  });

  it('tells them of the row under the pointer, too', async () => {
    const { element, fake, type } = await communicator();
    fake.store.set(`presence:${JOHN.address}`, { state: 'busy', channels: { voice: { state: 'busy' } } });
    await type('joh');
    const row = [...element.renderRoot.querySelectorAll('[role="row"]')].find((one) => one.textContent.includes(JOHN.name));
    row?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, composed: true }));
    await element.updateComplete;
    expect(inside(element, '#details').textContent).to.contain('Voice: Busy');
    expect(row?.textContent).to.match(/\d of \d/, 'its place in the list is said');
  });

  it('is announced once typing rests: how many there are', async () => {
    const { type } = await communicator({ targets: PEOPLE });
    const said = (): string => [...document.querySelectorAll('[aria-live="polite"]')].map((one) => one.textContent).join();
    await type('person 0');
    expect(said()).not.to.contain('of 100 matching');
    await waitUntil(() => said().includes('10 of 100 matching internal targets'), 'the number is announced', { timeout: 10_000 });
  });

  it('watches whom it lists and the favorites, and lets go when it is taken away', async () => {
    const { element, fake, type } = await communicator({ favorites: [{ target: QUEUE, category: '', corporate: false }] });
    await type('john davis');
    const [addresses, signal] = given(fake, 'presence.watch').at(-1) as [string[], AbortSignal];
    expect(addresses).to.deep.equal([JOHN.address]);
    element.remove();
    expect(signal.aborted).to.equal(true);
  });
});

describe('<team-communicator> in consult mode', () => {
  const consulting = session({ id: 's1', status: 'connected', interaction: { id: 'i1', media: 'voice', label: 'Broken TV' } });
  const other = session({ id: 's2', status: 'connected', interaction: { id: 'i2', media: 'voice', label: 'Other' } });
  const slices = { sessions: ['s1', 's2'], 'session:s1': consulting, 'session:s2': other };
  const setUp = (element: { mode: string; interaction: unknown }): void => {
    element.mode = 'consult';
    element.interaction = CALL;
  };

  it('has the interaction’s active consultations on top, the first one chosen until the agent types or presses a filter', async () => {
    const { element, type, click, names } = await communicator({ slices, setUp });
    expect(shown(element)).to.contain('Active Consultations');
    expect(names()).to.deep.equal([consulting.peer.name]);
    expect(inside(element, '.row.selected').id).to.equal('row-0');
    expect(inside(element, 'input').getAttribute('aria-activedescendant')).to.equal('row-0');
    await expect(element).to.be.accessible();
    await type('billing');
    expect(shown(element)).not.to.contain('Active Consultations');
    await type('');
    expect(shown(element)).to.contain('Active Consultations');
    await click('Favorites');
    expect(shown(element)).not.to.contain('Active Consultations');
  });

  it('leaves consultations to who holds the interaction, and names it', async () => {
    const { element, fake, type, press } = await communicator({ slices, setUp });
    const told: unknown[] = [];
    element.addEventListener('targetaction', ({ detail }) => void told.push(detail));
    await type('john davis');
    await press('Enter');
    expect(told).to.deep.include({ action: 'consult-im', target: JOHN, interactionId: 'i1' });
    expect(given(fake, 'im.open')).to.deep.equal([]);
  });
});
