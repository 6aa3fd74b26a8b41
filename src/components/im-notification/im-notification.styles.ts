/** Styles of `<im-notification>`. */
import { css } from 'lit';

/** A stack of cards in a corner of the page, or where the host put it (`position="inline"`). */
export const notificationStyles = css`
  :host {
    position: fixed;
    z-index: 1000;
    inset-block-end: 16px;
    inset-inline-end: max(8px, min(16px, 100% - 360px));
    inline-size: min(calc(var(--_u) * 340), calc(100% - 16px));
    max-block-size: calc(100% - 32px);
    overflow: visible;
    pointer-events: none;
  }
  :host([position~='top']) {
    inset-block: 16px auto;
  }
  :host([position~='start']) {
    inset-inline: max(8px, min(16px, 100% - 360px)) auto;
  }
  :host([position~='inline']) {
    position: static;
    inline-size: auto;
  }
  :host([position~='inline']) .stack {
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: visible;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 8);
    max-block-size: 100vh;
    /* Room for the shadows, which would be cut off in straight lines. */
    margin: -16px;
    padding: 16px;
    overflow: auto;
    scrollbar-width: thin;
  }
  .card {
    pointer-events: auto;
  }
  .stack:empty {
    display: none;
  }
  .card {
    animation: arrive var(--_speed, 120ms) ease-out;
  }
  @keyframes arrive {
    from {
      transform: translateY(8px);
      opacity: 0;
    }
  }
  .content {
    padding: calc(var(--_u) * 12);
  }
  .top {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 10);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .origin {
    color: var(--_muted);
    font-size: 0.923em;
    overflow-wrap: anywhere;
  }
  .scroll {
    margin-block-start: calc(var(--_u) * 10);
    max-block-size: 9em;
    overflow: auto;
  }
  .quote {
    margin-block-start: calc(var(--_u) * 10);
    max-block-size: 9em;
    overflow: auto;
    unicode-bidi: plaintext;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 6);
    margin-block-start: calc(var(--_u) * 12);
  }
  .buttons .grow {
    flex: 1;
    padding-inline: calc(var(--_u) * 4);
  }
  .more {
    display: grid;
    gap: calc(var(--_u) * 6);
    margin-block-start: calc(var(--_u) * 8);
  }
  .own-words {
    display: flex;
    gap: calc(var(--_u) * 6);
  }
  .own-words .field {
    min-inline-size: 0;
  }
  .own-words .button {
    flex: none;
  }
  .gone {
    color: var(--_muted);
  }
  .offers {
    display: grid;
    justify-items: start;
    gap: calc(var(--_u) * 4);
    padding: calc(var(--_u) * 6) calc(var(--_u) * 12);
    font-size: 0.923em;
  }
  .offers > * {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 6);
    margin: 0;
    text-align: start;
  }
`;
