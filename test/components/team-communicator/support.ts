/** A communicator over a real index of a few targets, with a service that writes commands down. */
import { html } from '@open-wc/testing';
import '../../../src/components/team-communicator/team-communicator.define.js';
import type { TeamCommunicator } from '../../../src/components/team-communicator/team-communicator.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { TargetPack } from '../../../src/services/directory/target-pack.js';
import type { Directory, Favorite, Interaction, Slices, Target } from '../../../src/services/index.js';
import { fakeService, inside, mount, type FakeService } from '../../support/elements.js';

/** An agent with two numbers. */
export const JOHN: Target = {
  type: 'agent',
  address: 'sip:john@deskside.test',
  name: 'John Davis',
  user: 'john',
  email: 'j.davis@deskside.test',
  group: 'Billing',
  numbers: [
    { label: 'Extension', number: '47-11' },
    { label: 'Mobile', number: '+49 171 555' },
  ],
};
/** An agent whose name is markup. */
const HOSTILE: Target = {
  type: 'agent',
  address: 'sip:eve@deskside.test',
  name: '<img src=x onerror=alert(1)> Johanna',
  user: 'eve',
};
/** A queue. */
export const QUEUE: Target = { type: 'queue', address: 'sip:billing@deskside.test', name: 'Billing' };
/** A contact, as the host gives it. */
export const ADA: Target = {
  type: 'contact',
  address: 'tel:+15550199',
  name: 'Ada Johnson',
  numbers: [{ label: 'Mobile', number: '+1 555 0199' }],
};
/** An interaction by telephone. */
export const CALL: Interaction = { id: 'i1', media: 'voice', label: 'Broken TV', party: 'Avril Mai', caseData: [] };

const CHANNELS = { im: { state: 'ready' }, voice: { state: 'ready' } } as const;

/** A communicator under test. */
export interface Communicator {
  readonly element: TeamCommunicator;
  readonly fake: FakeService;
  /** Types a text in place of what stands in the box. */
  type(text: string): Promise<void>;
  /** Presses a key in the box. */
  press(key: string, more?: KeyboardEventInit): Promise<void>;
  /** Presses a button or chip by its accessible name or text. */
  click(name: string): Promise<void>;
  /** Names of the listed targets, in order. */
  names(): string[];
}

/** What may differ. */
export interface CommunicatorOptions {
  readonly targets?: readonly Target[];
  readonly slices?: Partial<Slices>;
  readonly directory?: Partial<Directory>;
  readonly favorites?: readonly Favorite[];
  readonly setUp?: (element: TeamCommunicator) => void;
}

/** A service with a directory over targets. */
async function serviceWith({ targets = [JOHN, HOSTILE, QUEUE], slices = {}, directory = {} }: CommunicatorOptions): Promise<FakeService> {
  const index = new TargetIndex();
  await index.fill([TargetPack.of(targets)], () => undefined);
  const fake = fakeService(
    { channels: CHANNELS, directory: { status: 'ready', count: targets.length, version: 1 }, ...slices },
    { 'im.open': () => 'session-1', 'calls.start': () => 'call-1' },
  );
  const { preferences, snapshot } = fake.service;
  const among = (scope: string | undefined): readonly Target[] | undefined =>
    scope === 'favorites' ? preferences.favorites().map(({ target }) => target) : scope === 'recents' ? preferences.recents() : undefined;
  const found: Directory = {
    search: (query) =>
      index.search(
        query,
        {
          isFavorite: (address) => preferences.favorites().some(({ target }) => target.address === address),
          isCorporate: () => false,
          isRecent: () => false,
          preferred: () => [],
          stateOf: (address) => snapshot.get(`presence:${address}`)?.state ?? 'unknown',
        },
        among(query.scope),
      ),
    searchContacts: () => Promise.resolve({ hits: [], total: 0 }),
    searchTargets: () => Promise.resolve({ hits: [], total: 0 }),
    hasSearch: false,
    hasContacts: false,
    byAddress: (address) => index.byAddress(address),
    refresh: () => {
      fake.commands.push(['directory.refresh']);
      return Promise.resolve();
    },
    ...directory,
  };
  Object.assign(fake.service, { directory: found });
  return fake;
}

/** Mounts a communicator, in the page unless `setUp` says otherwise. */
export async function communicator(options: CommunicatorOptions = {}): Promise<Communicator> {
  const fake = await serviceWith(options);
  for (const { target, category } of options.favorites ?? []) fake.service.preferences.addFavorite(target, category);
  const element = await mount<TeamCommunicator>(html`<team-communicator inline></team-communicator>`, fake);
  options.setUp?.(element);
  await element.updateComplete;
  const input = (): HTMLInputElement => inside<HTMLInputElement>(element, 'input[role=combobox]');
  const drawn = async (): Promise<void> => {
    await element.updateComplete;
    await element.updateComplete;
  };
  return {
    element,
    fake,
    type: async (text) => {
      input().value = text;
      input().dispatchEvent(new Event('input'));
      await drawn();
    },
    press: async (key, more = {}) => {
      const focused = element.renderRoot.querySelector('.float :focus') ?? input();
      focused.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
      await drawn();
    },
    click: async (name) => {
      const buttons = [...element.renderRoot.querySelectorAll<HTMLElement>('button')];
      const button = buttons.find((one) =>
        (one.getAttribute('aria-label') ?? one.textContent).replace(/\s+/g, ' ').trim().startsWith(name),
      );
      if (!button) throw new Error(`There is no button ${name}.`);
      button.click();
      await drawn();
    },
    names: () => [...element.renderRoot.querySelectorAll('[role=row] .row-title')].map((one) => one.textContent.trim()),
  };
}

/** Commands given so far, by name. */
export const given = (fake: FakeService, name: string): unknown[][] =>
  fake.commands.filter(([one]) => one === name).map(([, ...args]) => args);
