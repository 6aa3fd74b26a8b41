/** Styles of `<agent-status>`. */
import { css } from 'lit';

/** One line of channel buttons with their menus, and the connection where something is to be said of it. */
export const agentStatusStyles = css`
  :host {
    container-type: normal;
    min-inline-size: 0;
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
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .channel > .button {
    min-inline-size: 0;
    max-inline-size: 100%;
    font-weight: 400;
    text-align: start;
  }
  .channel .presence-word {
    min-inline-size: 0;
    max-inline-size: 24ch;
  }
  .menu {
    inline-size: max-content;
    max-inline-size: min(280px, calc(100vw - 8px));
  }
  .menu-item [dir] {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .menu-item[aria-checked='true'] {
    font-weight: 600;
  }
  .notices {
    margin-block-start: calc(var(--_u) * 4);
    padding-block-start: calc(var(--_u) * 4);
    border-block-start: 1px solid var(--_line);
  }
  .notices .menu-item {
    font-weight: 400;
  }
  .tick {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: calc(var(--_u) * 15);
    block-size: calc(var(--_u) * 15);
    border: 1px solid var(--_muted);
    border-radius: 3px;
  }
  .tick .icon {
    inline-size: 100%;
    block-size: 100%;
    color: var(--_accent);
    stroke-width: 3;
  }
  .notices .reason {
    display: block;
    font-size: 0.846em;
    color: var(--_muted);
  }
  .failure {
    flex-basis: 100%;
    color: var(--_danger);
  }
`;
