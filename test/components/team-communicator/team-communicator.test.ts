import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/components/team-communicator/team-communicator.define.js';
import type { TeamCommunicator } from '../../../src/components/team-communicator/team-communicator.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { TargetPack } from '../../../src/services/directory/target-pack.js';
import type { Directory, SipService, Target } from '../../../src/services/index.js';
import { fakeService, inside, mount, shown, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';

const JOHN: Target = {
  type: 'agent',
  address: 'sip:john@deskside.test',
  name: 'John Davis',
  user: 'john',
  email: 'j.davis@deskside.test',
  numbers: [{ label: 'Extension', number: '47-11' }],
};
const HOSTILE: Target = { type: 'agent', address: 'sip:eve@deskside.test', name: '<img src=x onerror=alert(1)> Johanna', user: 'eve' };
const QUEUE: Target = { type: 'queue', address: 'sip:billing@deskside.test', name: 'Billing' };
const CHANNELS = { im: { state: 'ready' }, voice: { state: 'ready' } } as const;

async function directory(targets: readonly Target[]): Promise<Directory> {
  const index = new TargetIndex();
  await index.fill([TargetPack.of(targets)], () => Promise.resolve());
  const ranking = {
    isFavorite: () => false,
    isCorporate: () => false,
    isRecent: () => false,
    stateOf: () => 'unknown' as const,
    preferred: () => [],
  };
  return {
    search: (query) => index.search(query, ranking),
    searchContacts: () => Promise.resolve({ hits: [], total: 0 }),
    searchTargets: () => Promise.resolve({ hits: [], total: 0 }),
    hasSearch: false,
    hasContacts: false,
    byAddress: (address) => index.byAddress(address),
    refresh: () => Promise.resolve(),
  };
}

async function service(): Promise<FakeService> {
  const parts: Partial<SipService> = { directory: await directory([JOHN, HOSTILE, QUEUE]) };
  const fake = fakeService(
    { channels: CHANNELS, directory: { status: 'ready', count: 3, version: 1 } },
    { 'im.open': () => 'session-1' },
    parts,
  );
  return fake;
}

async function communicator(): Promise<{ element: TeamCommunicator; fake: FakeService; type: (text: string) => Promise<void> }> {
  const fake = await service();
  const element = await mount<TeamCommunicator>(html`<team-communicator></team-communicator>`, fake);
  const type = async (text: string): Promise<void> => {
    const input = inside<HTMLInputElement>(element, 'input');
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await element.updateComplete;
  };
  return { element, fake, type };
}

function press(element: TeamCommunicator, key: string, more: KeyboardEventInit = {}): void {
  inside(element, 'input').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
}

describe('<team-communicator>', () => {
  it('is accessible, empty and with results', async () => {
    const { element, type } = await communicator();
    await expect(element).to.be.accessible();
    await type('joh');
    await expect(element).to.be.accessible();
  });

  it('finds by name, e-mail address and number, and counts', async () => {
    const { element, type } = await communicator();
    await type('joh');
    expect(shown(element)).to.contain('John Davis').and.to.contain('2 matching internal targets');
    await type('j.davis@');
    expect(shown(element)).to.contain('1 matching internal target');
    await type('4711');
    expect(shown(element)).to.contain('John Davis');
    await type('zzz');
    expect(shown(element)).to.contain('No match for “zzz”');
  });

  it('shows names as text', async () => {
    const { element, type } = await communicator();
    await type('johanna');
    expect(shown(element)).to.contain('<img src=x onerror=alert(1)>');
    expect(element.renderRoot.querySelector('img')).to.equal(null);
  });

  it('watches the presence of what is listed, and shows it as a word', async () => {
    const { element, fake, type } = await communicator();
    await type('john davis');
    expect(fake.commands.find(([name]) => name === 'presence.watch')?.[1]).to.deep.equal([JOHN.address]);
    fake.store.set(`presence:${JOHN.address}`, { state: 'not-ready', reason: 'Lunch', channels: {} });
    await waitUntil(() => shown(element).includes('Not Ready · Lunch'));
  });

  it('sends an instant message on Enter: a window opens, nothing is sent', async () => {
    const { element, fake, type } = await communicator();
    await type('john davis');
    const told = oneEvent(element, 'targetaction');
    press(element, 'Enter');
    expect((await told).detail.action).to.equal('im');
    await waitUntil(() => fake.commands.some(([name]) => name === 'view.open'));
    expect(fake.commands.map(([name]) => name))
      .to.include('im.open')
      .and.not.to.include('im.send');
    expect(fake.service.preferences.recents()[0]?.address).to.equal(JOHN.address);
  });

  it('leaves the action to a host that cancels the event', async () => {
    const { element, fake, type } = await communicator();
    element.addEventListener('targetaction', (event) => event.preventDefault());
    await type('john davis');
    press(element, 'Enter');
    expect(fake.commands.map(([name]) => name)).not.to.include('im.open');
  });

  it('moves with the arrow keys, opens the menu with Alt+ArrowDown, and leaves step by step with Escape', async () => {
    const { element, type } = await communicator();
    await type('joh');
    press(element, 'ArrowDown');
    await element.updateComplete;
    expect(inside(element, 'input').getAttribute('aria-activedescendant')).to.equal('row-1');
    press(element, 'ArrowDown', { altKey: true });
    await element.updateComplete;
    expect(inside(element, '[role=menu]').textContent).to.contain('Send Instant Message').and.to.contain('Add to Favorites');
    press(element, 'Escape');
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=menu]')).to.equal(null);
    press(element, 'Escape');
    await element.updateComplete;
    expect(inside<HTMLInputElement>(element, 'input').value).to.equal('');
  });

  it('says why an action is not possible', async () => {
    const { element, fake, type } = await communicator();
    fake.store.set('channels', { im: { state: 'logged-off' }, voice: { state: 'logged-off' } });
    await type('john davis');
    press(element, 'ArrowDown', { altKey: true });
    await element.updateComplete;
    expect(inside(element, '[role=menu]').textContent).to.contain('You are not logged in on this channel');
    press(element, 'Enter');
    expect(fake.commands.map(([name]) => name)).not.to.include('im.open');
  });

  it('takes a typed SIP address', async () => {
    const { element, fake, type } = await communicator();
    await type('sip:new@deskside.test');
    press(element, 'Enter');
    await waitUntil(() => fake.commands.some(([name]) => name === 'im.open'));
    expect(fake.commands.find(([name]) => name === 'im.open')?.[1]).to.include({ address: 'sip:new@deskside.test' });
  });

  it('leaves nothing behind', async () => {
    const fake = await service();
    expect(await leaks(() => document.createElement('team-communicator'), fake)).to.deep.equal([]);
  });
});
