/** Hostile text wherever people or the wire can put it: shown as text, without harm, and without breaking the layout at 280 px. */
import { expect } from '@open-wc/testing';
import '../../src/components/case-panel/case-panel.define.js';
import '../../src/components/im-notification/im-notification.define.js';
import '../../src/components/im-transcript/im-transcript.define.js';
import '../../src/components/im-tray/im-tray.define.js';
import '../../src/components/im-window/im-window.define.js';
import type { DesksideElement } from '../../src/components/internal/base-element.js';
import { exported } from '../../src/components/im-transcript/export.js';
import type { ImSession } from '../../src/services/index.js';
import { fakeService, type FakeService } from '../support/elements.js';
import { expectText, HOSTILE, inNarrowPlace, WIDTH } from './support/texts.js';
import { CASE, invitation, line, session, systemLine, transcript } from '../support/people.js';

/** The seams through which the text comes in, all at once. */
function desk(text: string, more: Partial<ImSession>): FakeService {
  const peer = { address: 'sip:john@deskside.test', name: text, user: text };
  const base = more.status === 'establishing' ? invitation({ peer }) : session({ peer, parties: [peer] });
  return fakeService({
    sessions: ['s1'],
    windows: ['s1'],
    activeWindow: 's1',
    'session:s1': { ...base, interaction: { ...CASE.interaction, label: text }, ...more },
    'transcript:s1': transcript(
      systemLine('system-0', 'invited', { by: peer }),
      line('m1', text, { from: peer }),
      line('m2', text, { own: true, state: 'failed', failure: 'connection-lost' }),
      systemLine('system-3', 'ended.rejected', { by: peer, text }),
    ),
    'typing:s1': [peer],
    'case:s1': { ...CASE, data: [{ key: text, label: text, value: text }] },
  });
}

const SHOWN: readonly (readonly [tag: 'im-window' | 'im-transcript' | 'im-notification' | 'im-tray', more: Partial<ImSession>])[] = [
  ['im-transcript', {}],
  ['im-window', {}],
  ['im-notification', { status: 'establishing' }],
  ['im-tray', {}],
  ['im-tray', { direction: 'incoming', status: 'ended', outcome: { code: 'no-answer' } }],
];

function show(tag: (typeof SHOWN)[number][0], fake: FakeService): [holder: HTMLElement, element: DesksideElement] {
  const element = document.createElement(tag);
  element.service = fake.service;
  element.setAttribute('session-id', 's1');
  element.setAttribute('position', 'inline');
  return [inNarrowPlace(element), element];
}

describe('hostile text', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    for (const [tag, more] of SHOWN) {
      it(`${name}: is text in <${tag}> ${more.status ?? ''}, at ${WIDTH} px`, async () => {
        const [holder, element] = show(tag, desk(text, more));
        await element.updateComplete;
        expectText(element, text);
        holder.remove();
      });
    }
  }

  it('keeps the words of a message to themselves: a change of direction does not leak into what stands beside', async () => {
    const [holder, element] = show('im-transcript', desk(HOSTILE['bidi'] ?? '', {}));
    await element.updateComplete;
    const words = [...element.renderRoot.querySelectorAll('.words')];
    expect(words.every((one) => /isolate|plaintext/.test(getComputedStyle(one).unicodeBidi))).to.be.true;
    holder.remove();
  });

  it('is escaped in an exported page', async () => {
    const text = HOSTILE['script'] ?? '';
    const [holder, element] = show('im-transcript', desk(text, {}));
    await element.updateComplete;
    const page = exported(element, transcript(line('m1', text)), text, 'html');
    expect(new DOMParser().parseFromString(page, 'text/html').querySelectorAll('script, svg, img')).to.have.length(0);
    holder.remove();
  });
});
