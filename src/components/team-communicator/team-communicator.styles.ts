/** Styles of `<team-communicator>`. */
import { css } from 'lit';

/** Box, filters and results, in one card or as a popup under the box. */
export const communicatorStyles = css`
  :host {
    container-type: inline-size;
  }
  .card {
    overflow: visible;
  }
  .top {
    padding: calc(var(--_u) * 10) calc(var(--_u) * 12);
  }
  .filters {
    margin-block-start: calc(var(--_u) * 8);
  }
  .filters select {
    inline-size: auto;
    max-inline-size: 100%;
    min-block-size: 26px;
    padding-block: 0;
    border-radius: calc(var(--_u) * 14);
    color: var(--_muted);
    font-size: 0.923em;
  }
  .results {
    padding-block-end: calc(var(--_u) * 8);
    max-block-size: min(60vh, calc(var(--_u) * 520));
    overflow-y: auto;
  }
  .results:empty {
    display: none;
  }
  .row {
    position: relative;
    cursor: pointer;
  }
  .row .actions {
    display: none;
    gap: calc(var(--_u) * 4);
  }
  .row.selected .actions,
  .row:hover .actions,
  .row:focus-within .actions {
    display: flex;
  }
  .row.selected,
  .row:hover {
    background: var(--_accent-weak);
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% - 6px);
    inset-inline-end: calc(var(--_u) * 8);
    z-index: 10;
    inline-size: max-content;
    max-inline-size: calc(100% - 16px);
  }
  .row.last .menu {
    inset-block: auto calc(100% - 6px);
  }
  .reason {
    display: block;
    font-size: 0.846em;
    color: var(--_muted);
  }
  .details {
    font-size: 0.846em;
    color: var(--_muted);
  }
  mark {
    background: none;
    color: var(--_accent);
    font-weight: 700;
  }
  .presence-word {
    max-inline-size: 14ch;
  }
  @container (max-width: 300px) {
    .row-end .presence-word {
      max-inline-size: 9ch;
    }
  }
`;
