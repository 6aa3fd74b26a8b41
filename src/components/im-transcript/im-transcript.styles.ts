/** Styles of `<im-transcript>`. */
import { css } from 'lit';

/** The scrolling lines and the message box under them. */
export const transcriptStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  .view {
    position: relative;
    flex: 1;
    display: flex;
    min-block-size: 0;
  }
  .lines {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden auto;
    padding: calc(var(--_u) * 10) calc(var(--_u) * 14);
    overflow-anchor: auto;
    background: var(--_surface);
  }
  .lines:focus-visible {
    outline-offset: -2px;
  }
  .chunk {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 1800px;
  }
  .section {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 28800px;
  }
  .section.newest,
  .chunk.newest {
    content-visibility: visible;
  }
  .line {
    contain: layout style;
    padding-block: calc(var(--_u) * 2);
    overflow-wrap: anywhere;
  }
  .line.first {
    padding-block-start: calc(var(--_u) * 8);
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: calc(var(--_u) * 6);
  }
  .who {
    color: var(--_peer);
    font-size: 0.923em;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .own .who {
    color: var(--_own);
  }
  time {
    flex: none;
    color: var(--_muted);
    font-size: 0.846em;
    font-variant-numeric: tabular-nums;
  }
  /* In a narrow place the state goes under the words, before it takes the room of a word from them. */
  .body {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: flex-end;
    gap: 0 calc(var(--_u) * 8);
  }
  .words {
    flex: 1 1 calc(var(--_u) * 90);
    min-inline-size: 0;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .state {
    display: inline-flex;
    flex: none;
    align-items: baseline;
    gap: calc(var(--_u) * 3);
    color: var(--_muted);
    font-size: 0.846em;
  }
  .state .icon {
    align-self: center;
    inline-size: calc(var(--_u) * 13);
    block-size: calc(var(--_u) * 13);
  }
  .failed {
    display: flex;
    align-items: baseline;
    gap: calc(var(--_u) * 8);
    color: var(--_danger);
    font-size: 0.923em;
  }
  .failed .icon {
    transform: translateY(0.2em);
  }
  .failed .link-button {
    margin-inline-start: calc(var(--_u) * 4);
  }
  .system {
    display: flex;
    align-items: baseline;
    gap: calc(var(--_u) * 6);
    padding-block: calc(var(--_u) * 4);
    color: var(--_muted);
    font-size: 0.923em;
    overflow-wrap: anywhere;
  }
  .system::before {
    content: '';
    flex: none;
    inline-size: calc(var(--_u) * 14);
    block-size: 1px;
    background: var(--_line-strong);
    transform: translateY(-0.3em);
  }
  .day,
  .unread {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
    padding-block: calc(var(--_u) * 6);
    color: var(--_muted);
    font-size: 0.846em;
  }
  .day {
    justify-content: center;
  }
  .unread {
    color: var(--_accent);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: currentColor;
  }
  .welcome {
    padding: calc(var(--_u) * 16);
    color: var(--_muted);
    text-align: center;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    padding-inline: calc(var(--_u) * 14) calc(var(--_u) * 6);
  }
  .tools .icon-button {
    inline-size: 24px;
    min-inline-size: 24px;
    block-size: 24px;
    min-block-size: 24px;
  }
  .typing {
    flex: 1;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: 0.923em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .jump {
    position: absolute;
    inset-block-end: calc(var(--_u) * 8);
    inset-inline-end: calc(var(--_u) * 14);
    box-shadow: var(--_shadow);
    font-size: 0.923em;
  }
`;

/** The message box. */
export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(var(--_u) * 8);
    align-items: end;
    padding: calc(var(--_u) * 8);
    border-block-start: 1px solid var(--_line);
    background: var(--_sunken);
  }
  textarea {
    field-sizing: content;
    max-block-size: calc(var(--_u) * 140);
    overflow-y: auto;
    unicode-bidi: plaintext;
  }
  .composer > .button {
    min-block-size: calc(var(--_u) * 34);
  }
  .composer .field-note,
  .replies {
    grid-column: 1 / -1;
    margin: 0;
  }
  /* Measured in the size of the text: a narrow place, or a large text. */
  @container (max-width: 14em) {
    .composer {
      grid-template-columns: minmax(0, 1fr);
    }
    .body {
      flex-wrap: wrap;
    }
    .words {
      flex-basis: 100%;
    }
    /* The time goes below a name, or what happened, before it takes the room of a word from it. */
    .head,
    .system {
      flex-wrap: wrap;
    }
    .system > span {
      flex: 1 1 calc(100% - var(--_u) * 20);
      min-inline-size: 0;
    }
    .system > time {
      margin-inline-start: calc(var(--_u) * 20);
    }
  }
`;
