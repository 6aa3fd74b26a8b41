/** Styles of `<im-tray>`. */
import { css } from 'lit';

/** A row of sessions that wraps; pending ones are coloured, and longer waiting ones more. */
export const trayStyles = css`
  .card {
    padding: calc(var(--_u) * 6);
  }
  .items {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 6);
  }
  .item {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 4);
    max-inline-size: 100%;
  }
  .item .field-note {
    flex-basis: 100%;
  }
  .open {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
    min-inline-size: 0;
    min-block-size: calc(var(--_u) * 34);
    padding: calc(var(--_u) * 4) calc(var(--_u) * 10) calc(var(--_u) * 4) calc(var(--_u) * 4);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .open:hover,
  .item.active .open {
    background: var(--_accent-weak);
  }
  .item.pending .open {
    background: var(--_warning-surface);
  }
  .item.pending.late .open {
    background: var(--_busy-weak);
  }
  .label {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .ended .label {
    color: var(--_muted);
  }
  .missed {
    flex-basis: 100%;
    gap: calc(var(--_u) * 4) calc(var(--_u) * 8);
    padding-inline: calc(var(--_u) * 4);
  }
  /* What wraps in a narrow place stands below the picture, not outside of it. */
  .missed .open {
    margin-inline-start: calc(var(--_u) * -4);
  }
  .missed .words {
    flex: 1 1 calc(var(--_u) * 120);
    min-inline-size: 0;
    /* However long they are, they make no place wider: a grid of the page's would give them room. */
    contain: inline-size;
    color: var(--_muted);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .all {
    margin: calc(var(--_u) * 4) calc(var(--_u) * 8) 0;
  }
  .call .muted {
    display: flex;
  }
  @media (forced-colors: active) {
    .item.active .open {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .none {
    padding: calc(var(--_u) * 4) calc(var(--_u) * 8);
    color: var(--_muted);
  }
`;
