/** Styles of `<team-communicator>`. */
import { css } from 'lit';

/** Box, filters and results, in one card or as a popup under the box. */
export const communicatorStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .card {
    overflow: visible;
  }
  .top {
    padding: calc(var(--_u) * 10) calc(var(--_u) * 12);
  }
  :host([inline]) .top {
    padding-block-end: 0;
  }
  .panel.floating {
    contain: inline-size;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    padding: 0;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .filters {
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12);
  }
  .filters select {
    inline-size: auto;
    max-inline-size: 100%;
    min-block-size: 24px;
    padding: 0 calc(var(--_u) * 4);
    border-color: var(--_line);
    border-radius: calc(var(--_u) * 14);
    color: var(--_muted);
    font-size: 0.923em;
  }
  .results {
    padding-block-end: calc(var(--_u) * 6);
    max-block-size: min(60vh, calc(var(--_u) * 520));
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .floating .results {
    max-block-size: none;
    overflow: visible;
  }
  .results:not(:has(.row)) {
    display: none;
  }
  .part-title {
    padding: calc(var(--_u) * 4) calc(var(--_u) * 12) calc(var(--_u) * 2);
    font-size: 0.923em;
    color: var(--_muted);
  }
  .group-title + .part-title {
    padding-block-start: 0;
  }
  .row {
    cursor: pointer;
  }
  .row .actions {
    display: none;
    gap: calc(var(--_u) * 4);
  }
  .row.selected .actions,
  .row.busy .actions {
    display: flex;
  }
  .row.selected,
  .row.busy {
    background: var(--_accent-weak);
  }
  .float {
    inline-size: max-content;
    max-inline-size: min(calc(100vw - 8px), calc(var(--_u) * 320));
  }
  .float .menu-item span {
    overflow-wrap: anywhere;
  }
  .reason {
    display: block;
    font-size: 0.846em;
    color: var(--_muted);
  }
  .favorite {
    display: grid;
    gap: calc(var(--_u) * 8);
    inline-size: calc(var(--_u) * 250);
    max-inline-size: 100%;
    padding: calc(var(--_u) * 8);
  }
  .favorite label span {
    display: block;
    margin-block-end: calc(var(--_u) * 2);
    font-size: 0.923em;
    color: var(--_muted);
  }
  .form-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 8);
  }
  .details {
    min-block-size: calc(2.8em + var(--_u) * 10);
    box-sizing: border-box;
    padding: calc(var(--_u) * 5) calc(var(--_u) * 12);
    border-block-start: 1px solid var(--_line);
    font-size: 0.846em;
    line-height: 1.4;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .details[hidden] {
    display: none;
  }
  .empty {
    padding-block: calc(var(--_u) * 14);
  }
  .star {
    margin-inline-end: calc(var(--_u) * 4);
    color: var(--_accent);
    vertical-align: -0.125em;
  }
  .star .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  mark {
    background: none;
    color: var(--_accent);
    font-weight: 700;
  }
  .presence-word {
    max-inline-size: 16ch;
  }
  /* A gadget: the row's own click does the first action, the rest is behind the dots; so who it is keeps its room. */
  @container (max-width: 340px) {
    .row .default {
      display: none;
    }
    .row {
      gap: calc(var(--_u) * 8);
      padding-inline: calc(var(--_u) * 10);
    }
    /* A state that is cut off could be another: it takes two lines. */
    .row-end .presence-word {
      max-inline-size: 10ch;
      white-space: normal;
      text-align: end;
      max-block-size: 2lh;
    }
  }
`;
