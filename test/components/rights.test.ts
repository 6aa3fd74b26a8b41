/** Each right, taken and given back while the element stands: what it gates goes and comes with it. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../src/components/define-all.js';
import type { DesksideElement } from '../../src/components/internal/base-element.js';
import { RIGHTS, type HostAdapter, type ImSession, type Right, type Slices } from '../../src/services/index.js';
import { fakeService, KATE, shown, type FakeService } from '../support/elements.js';
import { CASE, invitation, JOHN, line, session, transcript } from '../support/people.js';

interface Gate {
  readonly right: Right;
  readonly what: string;
  readonly tag: keyof HTMLElementTagNameMap;
  readonly session?: ImSession;
  readonly slices?: Partial<Slices>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether what the right gates can be had. */
  readonly open: (element: DesksideElement) => boolean;
}

const has =
  (words: string) =>
  (element: DesksideElement): boolean =>
    shown(element).includes(words);
const enabled =
  (selector: string) =>
  (element: DesksideElement): boolean => {
    const button = element.renderRoot.querySelector<HTMLButtonElement>(selector);
    return button !== null && !button.disabled && button.ariaDisabled !== 'true';
  };

const missed = invitation({ status: 'ended', endedAt: 1, outcome: { code: 'no-answer' } });
const consultation = session({ origin: 'consultation', interaction: CASE.interaction });

const GATES: readonly Gate[] = [
  { right: 'im-use', what: 'an invitation', tag: 'im-notification', session: invitation(), open: has('John Davis') },
  { right: 'im-use', what: 'the tray', tag: 'im-tray', open: has('john') },
  { right: 'im-use', what: 'a window', tag: 'im-window', open: has('John Davis') },
  { right: 'im-use', what: 'a transcript', tag: 'im-transcript', open: has('Hello Kate') },
  { right: 'im-use', what: 'the channel', tag: 'agent-status', open: (element) => element.renderRoot.querySelector('#im') !== null },
  {
    right: 'im-make',
    what: 'a first message',
    tag: 'im-transcript',
    session: session({ status: 'not-connected' }),
    open: enabled('.composer .primary'),
  },
  { right: 'im-make', what: 'an answer to what was missed', tag: 'im-tray', session: missed, open: enabled('[aria-label^="Reply"]') },
  {
    right: 'im-use',
    what: 'any start',
    tag: 'im-transcript',
    session: session({ status: 'not-connected' }),
    open: enabled('.composer .primary'),
  },
  { right: 'im-release', what: 'End IM', tag: 'im-window', open: enabled('.actions .danger') },
  { right: 'voice', what: 'the channel', tag: 'agent-status', open: (element) => element.renderRoot.querySelector('#voice') !== null },
  {
    right: 'contact-information',
    what: 'the contact',
    tag: 'case-panel',
    session: consultation,
    open: (element) => !has('Your role')(element),
  },
  {
    right: 'transcript-export',
    what: 'taking out',
    tag: 'im-transcript',
    attributes: { export: 'copy download log' },
    open: enabled('#download'),
  },
];

const host: HostAdapter = { name: 'test', capabilities: { log: true, contact: true }, contact: () => Promise.resolve(null) };

function desk(gate: Gate): FakeService {
  return fakeService(
    {
      sessions: ['s1'],
      windows: ['s1'],
      activeWindow: 's1',
      account: { ...KATE, rights: RIGHTS },
      channels: { im: { state: 'ready' }, voice: { state: 'ready' } },
      'session:s1': gate.session ?? session(),
      'transcript:s1': transcript(line('m1', 'Hello Kate', { from: JOHN })),
      'case:s1': { ...CASE, contact: { ref: 'contact-1' } } as unknown as Slices['case:s1'],
      ...gate.slices,
    },
    {},
    { host },
  );
}

async function show(gate: Gate, fake: FakeService): Promise<DesksideElement> {
  const element = document.createElement(gate.tag) as DesksideElement;
  for (const [name, value] of Object.entries({ 'session-id': 's1', position: 'inline', ...gate.attributes }))
    element.setAttribute(name, value);
  element.service = fake.service;
  document.body.append(element);
  await element.updateComplete;
  if (gate.tag === 'case-panel')
    [...element.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')].find((tab) => tab.textContent.includes('Contact'))?.click();
  await element.updateComplete;
  return element;
}

describe('A right that changes while the page is open', () => {
  for (const gate of GATES) {
    it(`${gate.right}: ${gate.what} in <${gate.tag}>`, async () => {
      const fake = desk(gate);
      const element = await show(gate, fake);
      const give = (rights: readonly Right[]): void => fake.store.set('account', { ...KATE, rights });
      expect(gate.open(element), 'with it').to.equal(true);
      give(RIGHTS.filter((right) => right !== gate.right));
      await waitUntil(() => !gate.open(element), 'without it');
      give(RIGHTS);
      await waitUntil(() => gate.open(element), 'with it again');
      element.remove();
    });
  }
});
