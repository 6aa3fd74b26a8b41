/** Hostile text in the elements around the transcript: reasons, calls, case data, interactions, targets; as text, and within 280 px. */
import { waitUntil } from '@open-wc/testing';
import '../../src/components/agent-status/agent-status.define.js';
import '../../src/components/case-panel/case-panel.define.js';
import '../../src/components/consult-panel/consult-panel.define.js';
import '../../src/components/voice-call/voice-call.define.js';
import type { DesksideElement } from '../../src/components/internal/base-element.js';
import type { Call, CallSound, Interaction, SipService, Slices } from '../../src/services/index.js';
import { communicator } from '../components/team-communicator/support.js';
import { fakeService, KATE } from '../support/elements.js';
import { CASE, session } from '../support/people.js';
import { expectText, HOSTILE, inNarrowPlace, WIDTH } from './support/texts.js';

const SOUND: CallSound = {
  level: () => 0,
  isHere: () => true,
  devices: () => Promise.resolve({ microphones: [], speakers: [], microphone: '', speaker: '' }),
  useMicrophone: () => Promise.resolve(),
  useSpeaker: () => Promise.resolve(),
  allow: () => Promise.resolve(),
};

/** What comes in at every seam of these elements. */
function slices(text: string): Partial<Slices> {
  const peer = { address: 'sip:john@deskside.test', name: text, user: text };
  const about = { ...CASE.interaction, label: text };
  const call: Call = {
    id: 'c1',
    direction: 'incoming',
    role: 'plain',
    status: 'ringing',
    peer,
    parties: [],
    muted: false,
    heldByPeer: false,
    startedAt: 0,
  };
  return {
    channels: { im: { state: 'not-ready', reason: text }, voice: { state: 'not-ready', reason: text } },
    calls: ['c1', 'c2'],
    'call:c1': call,
    'call:c2': { ...call, id: 'c2', status: 'ended', outcome: { code: 'rejected', by: peer, text } },
    sessions: ['s1'],
    'session:s1': session({ peer, parties: [peer], origin: 'consultation', interaction: about, invitedAt: 1000 }),
    'case:s1': { ...CASE, data: [{ key: text, label: text, value: text }] },
  };
}

const interaction = (text: string): Interaction => ({
  id: 'i1',
  media: 'voice',
  label: text,
  party: text,
  caseData: [{ key: 'k', label: text, value: text }],
  contact: { id: 'contact-1' },
});

function deskOf(text: string): SipService {
  const config = { caseSharing: {}, rights: KATE.rights } as unknown as SipService['config'];
  const { service } = fakeService(slices(text), {}, { config });
  Object.defineProperty(service.calls, 'sound', { value: SOUND });
  return service;
}

/** Elements, and what they need besides the service. */
const SHOWN = {
  'agent-status': (text: string) => ({ reasons: [text] }),
  'voice-call': () => ({}),
  'case-panel': () => ({ sessionId: 's1' }),
  'consult-panel': (text: string) => ({ interaction: interaction(text) }),
};

/** Opens every menu and panel that the element has, so that what is in them is looked at as well. */
async function openAll(element: DesksideElement): Promise<void> {
  for (const opener of element.renderRoot.querySelectorAll<HTMLElement>('[aria-expanded="false"]')) {
    opener.click();
    await element.updateComplete;
  }
}

describe('hostile text around the transcript', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    for (const [tag, more] of Object.entries(SHOWN) as [keyof typeof SHOWN, (text: string) => object][]) {
      it(`${name}: is text in <${tag}>, at ${WIDTH} px`, async () => {
        const element = document.createElement(tag);
        Object.assign(element, { service: deskOf(text) }, more(text));
        const place = inNarrowPlace(element);
        await element.updateComplete;
        expectText(element, text);
        await openAll(element);
        expectText(element, text);
        place.remove();
      });
    }

    it(`${name}: is text in a row of <team-communicator>, at ${WIDTH} px`, async () => {
      const target = { type: 'agent', address: 'sip:eve@deskside.test', name: `${text} joh`, user: text, group: text } as const;
      const { element, type, names } = await communicator({ targets: [target] });
      const place = inNarrowPlace(element);
      await type('joh');
      await waitUntil(() => names().length === 1, 'the row');
      expectText(element, text);
      place.remove();
    });
  }
});
