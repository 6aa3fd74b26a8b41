/** Contrast of every pair of colours that meets on the screen, computed (WCAG 2.2, 1.4.3 and 1.4.11) for the table and for each theme. */
import { expect } from '@open-wc/testing';
import { colorTokens, type ColorToken } from '../../src/styles/tokens.js';

type Colors = Readonly<Record<string, string>>;

/** Relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.slice(1, 7).match(/../g) ?? []).map((pair) => {
    const part = parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Which texts stand on which backgrounds. */
const TEXT: readonly (readonly [background: ColorToken, texts: readonly ColorToken[]])[] = [
  ['surface', ['text', 'muted', 'accent', 'own', 'peer', 'ready', 'busy', 'away', 'off', 'danger']],
  ['sunken', ['text', 'muted', 'accent', 'own', 'peer', 'ready', 'busy', 'away', 'off', 'danger']],
  ['accent-weak', ['text', 'muted', 'accent', 'ready', 'busy', 'away', 'danger']],
  ['warning-surface', ['text', 'muted', 'away', 'busy', 'danger']],
  ['ready-weak', ['text', 'ready']],
  ['busy-weak', ['text', 'busy']],
  ['accent', ['on-accent']],
  ['danger', ['on-danger']],
];

/** Signs: what is recognised by its colour against what lies behind. */
const SIGNS: readonly (readonly [background: ColorToken, signs: readonly ColorToken[]])[] = [
  ['surface', ['control', 'accent', 'ready', 'busy', 'away', 'off', 'peer']],
  ['sunken', ['control', 'accent', 'peer']],
  ['accent-weak', ['accent', 'ready', 'busy', 'away', 'off']],
];

/** Pairs below the wanted ratio, in words. */
function weak(colors: Colors, text: number, signs: number): string[] {
  const below = (pairs: typeof TEXT, least: number): string[] =>
    pairs.flatMap(([background, names]) =>
      names
        .map((name) => [name, contrast(colors[name] ?? '', colors[background] ?? '')] as const)
        .filter(([, ratio]) => !(ratio >= least))
        .map(([name, ratio]) => `${name} on ${background}: ${ratio.toFixed(2)}`),
    );
  return [...below(TEXT, text), ...below(SIGNS, signs)];
}

const table = (index: 0 | 1): Colors => Object.fromEntries(Object.entries(colorTokens).map(([name, pair]) => [name, pair[index]]));

/** The rule blocks of a theme: `--deskside-name: value` of each. */
async function themeBlocks(name: string): Promise<Colors[]> {
  const answer = await fetch(`/src/styles/themes/${name}.css`);
  const css = await answer.text();
  return [...css.matchAll(/\{([^{}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/--deskside-([\w-]+):\s*([^;]+);/g)].map(([, token = '', value = '']) => [token, value])),
  );
}

describe('contrast', () => {
  it('knows black on white', () => {
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.01);
    expect(weak({ ...table(0), muted: '#999999' }, 4.5, 3)).to.include('muted on surface: 2.85');
  });

  it('is enough in light', () => expect(weak(table(0), 4.5, 3)).to.deep.equal([]));
  it('is enough in dark', () => expect(weak(table(1), 4.5, 3)).to.deep.equal([]));

  const themes = [
    ['light', 4.5, 1],
    ['dark', 4.5, 1],
    ['high-contrast', 7, 2],
    ['salesforce-like', 4.5, 1],
    ['servicenow-like', 4.5, 1],
  ] as const;
  for (const [name, text, count] of themes) {
    it(`is enough in the theme ${name}, which sets every colour`, async () => {
      const blocks = await themeBlocks(name);
      expect(blocks).to.have.length(count);
      for (const colors of blocks) {
        expect(weak(colors, text, 3)).to.deep.equal([]);
        expect(Object.keys(colors)).to.include.members(Object.keys(colorTokens));
      }
    });
  }
});
