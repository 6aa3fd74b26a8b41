/** What the shared styles promise, seen on a drawn element. */
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement, type CSSResult } from 'lit';
import * as sheets from '../../src/styles/index.js';
import { colorTokens, plainTokens } from '../../src/styles/tokens.js';

class StyledSample extends LitElement {
  static override styles = Object.values(sheets);
  override render() {
    return html`<button class="button primary">Go</button><button class="icon-button" aria-label="More"></button>
      <button class="chip">All</button><button class="link-button">Retry</button>
      <div class="row"></div>`;
  }
}
customElements.define('styled-sample', StyledSample);

const rgb = (hex: string): string => `rgb(${(hex.slice(1).match(/../g) ?? []).map((pair) => parseInt(pair, 16)).join(', ')})`;
/** Colour of a link button: the accent, without a transition on the way. */
const accent = (sample: Element): string => getComputedStyle(sample.shadowRoot?.querySelector('.link-button') ?? document.body).color;
const all = Object.entries(sheets as Record<string, CSSResult>);

describe('styles', () => {
  it('use logical properties only', () => {
    const physical =
      /(?:^|[\s;{])(?:margin|padding|border|inset)?-?(?:left|right)\s*:|(?:^|[\s;{])(?:min-|max-)?(?:width|height)\s*:|(?:margin|padding|border)-(?:top|bottom|left|right)/;
    for (const [name, sheet] of all) expect(physical.exec(sheet.cssText)?.[0], name).to.equal(undefined);
  });

  it('declare every token once with the page’s value first', () => {
    const css = sheets.tokens.cssText;
    for (const name of [...Object.keys(colorTokens), ...Object.keys(plainTokens)])
      expect(css).to.include(`--_${name}:var(--deskside-${name},`);
  });

  it('follow the color-scheme that the page gives, whatever the system prefers', async () => {
    const page = await fixture(html`<div><styled-sample></styled-sample></div>`);
    const sample = page.querySelector('styled-sample') as HTMLElement;
    for (const [scheme, index] of [
      ['light', 0],
      ['dark', 1],
    ] as const) {
      (page as HTMLElement).style.colorScheme = scheme;
      expect(accent(sample), scheme).to.equal(rgb(colorTokens.accent[index]));
    }
  });

  it('take a token from any ancestor, and a forced scheme', async () => {
    const page = await fixture<HTMLElement>(html`<div><styled-sample></styled-sample></div>`);
    const sample = page.querySelector('styled-sample') as HTMLElement;
    page.style.setProperty('--deskside-accent', '#123456');
    expect(accent(sample)).to.equal(rgb('#123456'));
    page.style.removeProperty('--deskside-accent');
    page.style.colorScheme = 'light';
    sample.style.setProperty('--deskside-color-scheme', 'dark');
    expect(accent(sample)).to.equal(rgb(colorTokens.accent[1]));
  });

  it('give targets of 24 px and more at every zoom', async () => {
    const sample = await fixture<HTMLElement>(html`<styled-sample></styled-sample>`);
    for (const zoom of ['0.5', '1', '2']) {
      sample.style.setProperty('--_zoom', zoom);
      for (const button of sample.shadowRoot?.querySelectorAll('button') ?? []) {
        expect(button.getBoundingClientRect().height, `${button.className} at ${zoom}`).to.be.at.least(24);
      }
    }
  });

  it('make icon buttons 28 px and rows 46 px at 100 %, twice that at 200 %', async () => {
    const sample = await fixture<HTMLElement>(html`<styled-sample></styled-sample>`);
    const size = (selector: string): number => sample.shadowRoot?.querySelector(selector)?.getBoundingClientRect().height ?? 0;
    expect([size('.icon-button'), size('.row')]).to.deep.equal([28, 46]);
    sample.style.setProperty('--_zoom', '2');
    expect([size('.icon-button'), size('.row')]).to.deep.equal([56, 92]);
  });
});
