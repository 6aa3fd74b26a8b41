/** Styles of `<case-panel>`. */
import { css } from 'lit';

/** Layout of the three tabs and of the history. */
export const casePanelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_sunken);
    container-type: inline-size;
  }
  .tabs {
    flex: none;
    gap: calc(var(--_u) * 10);
  }
  .tab {
    flex: 0 1 auto;
    min-inline-size: min-content;
    white-space: normal;
    line-height: 1.25;
    text-align: start;
    padding-block: calc(var(--_u) * 6);
  }
  .panel {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    padding: calc(var(--_u) * 10) calc(var(--_u) * 12);
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .source {
    margin-block-end: calc(var(--_u) * 8);
    font-size: 0.923em;
    color: var(--_muted);
  }
  .about {
    margin-block-end: calc(var(--_u) * 8);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .facts dd {
    white-space: pre-wrap;
  }
  .changed {
    margin-inline-start: calc(var(--_u) * 6);
  }
  .empty {
    padding-inline: 0;
  }
  .entries {
    margin-block: calc(var(--_u) * 8);
  }
  .entries details {
    border-block-end: 1px solid var(--_line);
    padding-block: calc(var(--_u) * 6);
  }
  .entries summary {
    min-block-size: 24px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .entries summary b {
    font-weight: 600;
  }
  .entries .facts {
    margin-block-start: calc(var(--_u) * 6);
  }
  .open {
    margin-block-start: calc(var(--_u) * 8);
  }
`;
