/** Styles of `<agent-status>`. */
import { css } from 'lit';

/** One line of channel buttons with their menus, and the connection where something is to be said of it. */
export const agentStatusStyles = css`
  :host {
    container-type: normal;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 6);
  }
  .connection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 4) calc(var(--_u) * 8);
    color: var(--_muted);
  }
  .connection.bad {
    color: var(--_busy);
  }
  .connection.waiting {
    color: var(--_away);
  }
  .channel {
    position: relative;
  }
  .channel > .button {
    font-weight: 400;
    text-align: start;
  }
  .channel .presence-word {
    max-inline-size: 24ch;
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    z-index: 5;
    inline-size: max-content;
    max-inline-size: min(280px, 90vw);
    max-block-size: 320px;
  }
  .menu-item[aria-checked='true'] {
    font-weight: 600;
  }
  .failure {
    flex-basis: 100%;
    color: var(--_danger);
  }
`;
