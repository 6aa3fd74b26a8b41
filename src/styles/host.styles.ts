/** The host itself and the typography inside it. Every element adopts it through `DesksideElement.styles`. */
import { css } from 'lit';

/** Box, font and defaults of every element; the inert state of one without a provider. */
export const host = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: 400 calc(var(--_font-size) * var(--_zoom, 1)) / 1.45 var(--_font);
    text-align: start;
    text-transform: none;
    letter-spacing: normal;
    word-spacing: normal;
    white-space: normal;
    accent-color: var(--_accent);
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  h3,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2,
  h3 {
    font-size: inherit;
  }
  /* Names and labels in another direction than the page stay at its edge; only what somebody wrote goes to its own. */
  .name,
  .origin,
  .facts > * {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  a {
    color: var(--_accent);
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 0.923em;
  }
  .icon {
    inline-size: calc(var(--_u) * 16);
    block-size: calc(var(--_u) * 16);
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.filled {
    fill: currentColor;
  }
  .icon.dots {
    stroke-width: 3;
  }
  .icon.mirror:dir(rtl) {
    transform: scaleX(-1);
  }
  .inert {
    padding: calc(var(--_space) * 3);
    color: var(--_muted);
    background: var(--_sunken);
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius);
  }
`;
