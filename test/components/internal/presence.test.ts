import { expect } from '@open-wc/testing';
import { html, render, type TemplateResult } from 'lit';
import { avatar } from '../../../src/components/internal/avatar.js';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { presenceWords } from '../../../src/components/internal/strings/en/presence.js';
import * as icons from '../../../src/components/internal/icons.js';
import { presenceGlyph, presenceShape, presenceText, presenceWord } from '../../../src/components/internal/presence-glyph.js';
import { isConnected } from '../../../src/services/index.js';

const drawn = (template: TemplateResult): HTMLElement => {
  const holder = document.createElement('div');
  render(template, holder);
  return holder;
};
const STATES = ['ready', 'busy', 'do-not-disturb', 'not-ready', 'after-call-work', 'logged-off', 'unknown'] as const;

class WordsElement extends DesksideElement {
  static override english = [presenceWords];
}
customElements.define('words-element', WordsElement);
const element = new WordsElement();

describe('presence', () => {
  it('has a shape of its own for what differs', () => {
    const shape = (state: (typeof STATES)[number]): string => drawn(presenceGlyph(state)).querySelector('path')?.outerHTML ?? '';
    expect(new Set(STATES.map(shape)).size).to.equal(6);
    expect(shape('not-ready')).to.equal(shape('after-call-work'));
  });

  it('takes a state that it does not know for unknown', () => expect(presenceShape('nonsense' as never)).to.equal('unknown'));

  it('is current only while the switch can tell', () => {
    const current = ['ready', 'degraded'];
    const all = ['unconfigured', 'connecting', 'ready', 'degraded', 'reconnecting', 'replaced', 'refused', 'logged-out'] as const;
    expect([...all.filter(isConnected), isConnected(undefined)]).to.deep.equal([...current, false]);
  });

  it('that was is drawn and said so', () => {
    const word = drawn(presenceWord(element, { state: 'not-ready', reason: 'Lunch' }, false)).firstElementChild;
    expect([word?.textContent, word?.classList.contains('past')]).to.deep.equal(['Not Ready · Lunch · not connected', true]);
    expect(drawn(presenceGlyph('ready', false)).querySelector('.presence.past')).to.not.equal(null);
    expect(drawn(presenceGlyph('ready')).querySelector('.past')).to.equal(null);
  });

  it('hides the shape and shows the word, with the reason', () => {
    expect(drawn(presenceGlyph('busy')).querySelector('[aria-hidden="true"]')).to.not.equal(null);
    expect(presenceText(element, { state: 'not-ready', reason: 'Lunch' })).to.equal('Not Ready · Lunch');
    const word = drawn(presenceWord(element, { state: 'do-not-disturb' })).firstElementChild;
    expect([word?.textContent, word?.getAttribute('title')]).to.deep.equal(['Do Not Disturb', 'Do Not Disturb']);
  });
});

describe('avatar', () => {
  it('shows initials and presence', () => {
    const disc = drawn(avatar({ name: 'Kate Lewis', locale: 'en', state: 'busy' })).querySelector('.avatar');
    expect(disc?.textContent.trim()).to.equal('KL');
    expect(disc?.querySelector('.presence.busy')).to.not.equal(null);
    expect(disc?.getAttribute('aria-hidden')).to.equal('true');
  });

  it('shows an icon for who has no name and for what is no person', () => {
    for (const options of [{ name: '' }, { name: 'Billing', type: 'queue' as const }]) {
      const disc = drawn(avatar({ ...options, locale: 'en' }));
      expect(disc.querySelector('.icon')).to.not.equal(null);
      expect(disc.textContent.trim()).to.equal('');
    }
  });
});

describe('icons', () => {
  for (const [name, icon] of Object.entries(icons)) {
    it(`${name} is drawn within its grid and hidden from assistive technology`, () => {
      const svg = drawn(html`${icon()}`).querySelector('svg');
      document.body.append(svg as SVGElement);
      const box = svg?.querySelector('path')?.getBBox();
      svg?.remove();
      expect(svg?.getAttribute('aria-hidden')).to.equal('true');
      expect(Math.max(box?.width ?? 0, box?.height ?? 0)).to.be.within(10, 22);
      expect(Math.min(box?.x ?? 0, box?.y ?? 0)).to.be.at.least(1);
      expect(Math.max((box?.x ?? 0) + (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0))).to.be.at.most(23);
    });
  }
});
