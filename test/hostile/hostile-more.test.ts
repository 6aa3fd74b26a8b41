/** Hostile text in the elements around the transcript: reasons, calls, case data, targets, interactions; as text, and within 280 px. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../src/components/agent-status/agent-status.define.js';
import '../../src/components/case-panel/case-panel.define.js';
import '../../src/components/consult-panel/consult-panel.define.js';
import '../../src/components/voice-call/voice-call.define.js';
import type { DesksideElement } from '../../src/components/internal/base-element.js';
import type { Call, Interaction, Slices } from '../../src/services/index.js';
import { communicator } from '../components/team-communicator/support.js';
import { fakeService } from '../support/elements.js';
import { CASE, session } from '../support/people.js';

const HOSTILE: Readonly<Record<string, string>> = {
  markup: '<b>bold</b><img src=x onerror="window.harmed=true"><h1>big</h1>',
  script: '<script>window.harmed=true</script>"><svg onload="window.harmed=true">',
  bidi: 'safe \u202Egnp.exe\u202C \u2066isolated and never closed \u202Dover',
  'zero width': 'pass\u200Bword\u200D\uFEFF\u2060\u00AD'.repeat(40),
  'a word without a break': 'w'.repeat(32 * 1024),
  'lone surrogates': 'half \uD83D and \uDE00 half',
  'NUL and controls': 'a\u0000b\u0007c\u001B[31md\u2028e\u2029f',
};

const WIDTH = 280;
const FOREIGN = 'script, img, b > b, h1, iframe, [onload], [onerror]';

/** What comes in at every seam of these elements. */
function slices(text: string): Partial<Slices> {
  const peer = { address: 'sip:john@deskside.test', name: text, user: text };
  const call: Call = {
    id: 'c1',
    direction: 'incoming',
    role: 'plain',
    status: 'ringing',
    peer,
    parties: [],
    muted: false,
    heldByPeer: false,
    startedAt: Date.now(),
  };
  return {
    channels: { im: { state: 'not-ready', reason: text }, voice: { state: 'not-ready', reason: text } },
    calls: ['c1'],
    'call:c1': call,
    sessions: ['s1'],
    'session:s1': session({ peer, parties: [peer], interaction: { ...CASE.interaction, label: text } }),
    'case:s1': { ...CASE, data: [{ key: text, label: text, value: text }] },
  };
}

const interaction = (text: string): Interaction => ({
  id: 'i1',
  media: 'voice',
  label: text,
  party: text,
  caseData: [{ key: 'k', label: text, value: text }],
  contact: { id: 'contact-1', name: text },
});

/** Elements and what they need besides the service. */
const SHOWN: Readonly<Record<string, (text: string) => object>> = {
  'agent-status': (text) => ({ reasons: [text] }),
  'voice-call': () => ({}),
  'case-panel': () => ({ sessionId: 's1' }),
  'consult-panel': (text) => ({ interaction: interaction(text) }),
};

/** Elements that stand in no tree of their own, checked in a holder of the width. */
async function holds(element: DesksideElement, text: string): Promise<void> {
  await element.updateComplete;
  expect(element.renderRoot.querySelectorAll(FOREIGN), 'nothing became an element').to.have.length(0);
  expect('harmed' in window).to.equal(false);
  expect(element.renderRoot.textContent).to.contain(text.toWellFormed().slice(0, 4));
  const right = element.parentElement?.getBoundingClientRect().right ?? 0;
  expect(element.getBoundingClientRect().right).to.be.at.most(right + 1);
  expect(element.parentElement?.scrollWidth, 'no sideways scrolling').to.be.at.most(WIDTH);
}

function holder(element: HTMLElement): HTMLElement {
  const place = document.createElement('div');
  place.style.setProperty('inline-size', `${WIDTH}px`);
  place.append(element);
  document.body.append(place);
  return place;
}

describe('hostile text around the transcript', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    for (const [tag, more] of Object.entries(SHOWN)) {
      it(`${name}: is text in <${tag}>, at ${WIDTH} px`, async () => {
        const element = document.createElement(tag) as DesksideElement;
        Object.assign(element, { service: fakeService(slices(text)).service }, more(text));
        const place = holder(element);
        await holds(element, text);
        place.remove();
      });
    }

    it(`${name}: is text in a row of <team-communicator>, at ${WIDTH} px`, async () => {
      const target = { type: 'agent', address: 'sip:eve@deskside.test', name: `joh ${text}`, user: text, group: text } as const;
      const { element, type, names } = await communicator({ targets: [target] });
      const place = holder(element);
      await type('joh');
      await waitUntil(() => names().length === 1, 'the row');
      await holds(element, 'joh ');
      place.remove();
    });
  }
});
