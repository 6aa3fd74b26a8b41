/** Tabs: a row of words, the chosen one underlined. */
import { css } from 'lit';

/** `.tabs` (role tablist) with `.tab` buttons (role tab); `aria-selected="true"` marks the chosen one. */
export const tabs = css`
  .tabs {
    display: flex;
    gap: calc(var(--_u) * 16);
    padding-inline: calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    min-block-size: calc(var(--_u) * 34);
    min-inline-size: 24px;
    padding: 0;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    font: inherit;
    font-size: 0.923em;
    color: var(--_muted);
    white-space: nowrap;
    cursor: pointer;
  }
  .tab[aria-selected='true'] {
    border-color: var(--_accent);
    color: var(--_text);
    font-weight: 600;
  }
  @media (hover: hover) {
    .tab:hover {
      color: var(--_text);
    }
  }
  .tab:focus-visible {
    outline-offset: -2px;
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      border-color: Highlight;
    }
    .tab:not([aria-selected='true']) {
      border-color: Canvas;
    }
  }
`;
