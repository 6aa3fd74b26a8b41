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
import { CASE, invitation, line, session, systemLine, transcript } from '../support/people.js';

const HOSTILE: Readonly<Record<string, string>> = {
  markup: '<b>bold</b><img src=x onerror="window.harmed=true"><h1>big</h1>',
  script: '<script>window.harmed=true</script>"><svg onload="window.harmed=true">',
  template: '${window.harmed=true}{{constructor.constructor("harmed=true")()}}<!--?lit$123$-->',
  links: 'javascript:window.harmed=true data:text/html,<script>harmed=true</script> vbscript:x https://user:pw@evil.test/',
  bidi: 'safe \u202Egnp.exe\u202C \u2066isolated and never closed \u202Dover',
  'zero width': 'pass\u200Bword\u200D\uFEFF\u2060\u00AD'.repeat(40),
  marks: `Z${'\u0337\u0321\u0353'.repeat(200)}algo`,
  'a word without a break': 'w'.repeat(32 * 1024),
  'lone surrogates': 'half \uD83D and \uDE00 half',
  'NUL and controls': 'a\u0000b\u0007c\u001B[31md\u2028e\u2029f',
};

const WIDTH = 280;

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
  const holder = document.createElement('div');
  holder.style.setProperty('inline-size', `${WIDTH}px`);
  const element = document.createElement(tag);
  element.service = fake.service;
  element.setAttribute('session-id', 's1');
  element.setAttribute('position', 'inline');
  holder.append(element);
  document.body.append(holder);
  return [holder, element];
}

/** Elements that only text could have brought in. */
const FOREIGN =
  'script, img, b, h1, iframe, [onload], [onerror], a[href^="javascript:"], a[href^="data:"], a[href^="vbscript:"], a[href*="@evil"]';

/** What stands wider than its holder and is not cut off or scrolled inside the element. */
function tooWide(element: DesksideElement): string[] {
  const edge = element.getBoundingClientRect().right + 1;
  const clipped = (node: Element): boolean => {
    for (let at: Element | null = node.parentElement; at; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    return false;
  };
  return [...element.renderRoot.querySelectorAll('*')]
    .filter((node) => node.getBoundingClientRect().right > edge && !clipped(node) && !node.closest('.visually-hidden'))
    .map((node) => `${node.localName}.${node.className}`);
}

describe('hostile text', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    for (const [tag, more] of SHOWN) {
      it(`${name}: is text in <${tag}> ${more.status ?? ''}, at ${WIDTH} px`, async () => {
        const [holder, element] = show(tag, desk(text, more));
        await element.updateComplete;
        expect(element.renderRoot.querySelectorAll(FOREIGN)).to.have.length(0);
        expect('harmed' in window).to.be.false;
        expect(element.renderRoot.textContent).to.contain(text.toWellFormed().slice(0, 4));
        expect(holder.scrollWidth, 'no sideways scrolling').to.be.at.most(WIDTH);
        expect(tooWide(element)).to.deep.equal([]);
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
