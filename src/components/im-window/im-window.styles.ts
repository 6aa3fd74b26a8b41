/** Styles of `<im-window>`. */
import { css } from 'lit';

/** Header, transcript, and from 560 px the case at the side. */
export const windowStyles = css`
  :host {
    container-type: inline-size;
    block-size: calc(var(--_u) * 440);
    max-block-size: 100%;
  }
  /* Nothing but a line of words: no empty box around it. */
  :host([data-bare]) {
    block-size: auto;
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .header {
    flex-wrap: wrap;
    row-gap: calc(var(--_u) * 6);
  }
  .about {
    flex: 1 1 calc(var(--_u) * 110);
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sub {
    display: flex;
    color: var(--_muted);
    font-size: 0.923em;
    white-space: pre;
  }
  .kind {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .parties {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 4) calc(var(--_u) * 12);
    max-block-size: calc(var(--_u) * 72);
    margin: 0;
    padding: calc(var(--_u) * 6) calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
    overflow: auto;
    list-style: none;
  }
  .parties li {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 6);
    min-inline-size: 0;
  }
  .parties li span:last-child {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
  }
  .content {
    flex: 1;
    display: flex;
    min-block-size: 0;
  }
  im-transcript {
    flex: 1;
    min-inline-size: 0;
  }
  .side {
    display: flex;
    flex-direction: column;
    inline-size: calc(var(--_u) * 270);
    flex: none;
    border-inline-start: 1px solid var(--_line);
    background: var(--_sunken);
    overflow: auto;
  }
  .side ::slotted(*),
  case-panel {
    flex: 1;
  }
  .tabs {
    display: none;
  }
  .invitation {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 8);
    align-items: center;
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12);
    border-block-start: 1px solid var(--_line);
    background: var(--_warning-surface);
  }
  .invitation p {
    flex: 1;
  }
  @container (max-width: 559px) {
    .has-case .tabs {
      display: flex;
    }
    .side {
      inline-size: 100%;
      border: 0;
    }
    .has-case:not(.on-case) .side,
    .on-case im-transcript {
      display: none;
    }
  }
`;
