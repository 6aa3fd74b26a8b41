/** The tokens as CSS: `--_name` for our rules, filled from the page's `--deskside-name` or from the table. */
import { css, unsafeCSS } from 'lit';
import { colorTokens, forcedTokens, plainTokens, type ColorPair } from './tokens.js';

const colors: readonly [string, ColorPair][] = Object.entries(colorTokens);

/** Declarations `--_name: var(--deskside-name, value)`; `unsafeCSS` is safe here, for the values are constants of ours. */
const declare = (entries: readonly (readonly [string, string])[]) =>
  unsafeCSS(entries.map(([name, value]) => `--_${name}:var(--deskside-${name},${value});`).join(''));

const light = declare([...Object.entries(plainTokens), ...colors.map(([name, [value]]) => [name, value] as const)]);
const both = declare(colors.map(([name, [day, night]]) => [name, `light-dark(${day},${night})`] as const));
const forced = unsafeCSS(
  Object.entries(forcedTokens)
    .map(([name, value]) => `--_${name}:${value};`)
    .join(''),
);

/**
 * Tokens on `:host`. `light-dark()` follows the `color-scheme` that the page gives to this place, so a page that sets
 * `color-scheme: dark` on an ancestor wins over the system; browsers without it (before 2024) keep to light, or to a theme's own values.
 */
export const tokens = css`
  :host {
    ${light}
    color-scheme: var(--deskside-color-scheme, inherit);
    --_shadow: 0 1px 2px var(--_shadow-near), 0 8px 24px var(--_shadow-far);
    --_u: calc(1px * var(--_zoom, 1));
    --_target: max(24px, calc(var(--_u) * 28));
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      ${both}
    }
  }
  @media (forced-colors: active) {
    :host {
      ${forced}
    }
  }
`;
