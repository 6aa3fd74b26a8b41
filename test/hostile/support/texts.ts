/** Hostile texts, and how to see that an element took them for text. */
import { expect } from '@open-wc/testing';
import type { DesksideElement } from '../../../src/components/internal/base-element.js';

/** Texts by what is hostile in them. */
export const HOSTILE: Readonly<Record<string, string>> = {
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

/** Inline size that every element must bear, CSS px. */
export const WIDTH = 280;

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

/** Puts an element into a place of `WIDTH`. @returns the place */
export function inNarrowPlace(element: HTMLElement): HTMLElement {
  const place = document.createElement('div');
  place.style.setProperty('inline-size', `${WIDTH}px`);
  place.append(element);
  document.body.append(place);
  return place;
}

/** Controls may be left out, or stand as a space. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** The text is there, as text, has done no harm and does not widen the place that the element stands in. */
export function expectText(element: DesksideElement, text: string): void {
  expect(element.renderRoot.querySelectorAll(FOREIGN), 'nothing became an element').to.have.length(0);
  expect('harmed' in window, 'nothing ran').to.equal(false);
  expect(plain(element.renderRoot.textContent), 'it is shown').to.contain(plain(text.toWellFormed()).slice(0, 4));
  expect(element.parentElement?.scrollWidth, 'no sideways scrolling').to.be.at.most(WIDTH);
  expect(tooWide(element)).to.deep.equal([]);
}
