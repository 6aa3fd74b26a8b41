/** Avatar and presence: a disc with initials, a shape, and a word. */
import { css } from 'lit';

/**
 * `.avatar` (with `.small`) holds initials or an icon, and at its corner the presence shape; `.presence-word` stands beside it.
 * The shape takes its colour from `currentColor`, so forced colours keep it. `--_halo` is the colour of what lies behind the avatar.
 */
export const presence = css`
  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: calc(var(--_u) * 32);
    block-size: calc(var(--_u) * 32);
    border-radius: 50%;
    background: var(--_accent-weak);
    color: var(--_accent);
    font-size: 0.923em;
    font-weight: 600;
    line-height: 1;
    user-select: none;
  }
  .row:is(.selected, [aria-selected='true']) .avatar {
    background: var(--_surface);
  }
  .avatar.small {
    inline-size: calc(var(--_u) * 26);
    block-size: calc(var(--_u) * 26);
    font-size: 0.77em;
  }
  .avatar .presence {
    position: absolute;
    inset-inline-end: calc(var(--_u) * -3);
    inset-block-end: calc(var(--_u) * -3);
    padding: calc(var(--_u) * 1.5);
    border-radius: 50%;
    background: var(--_halo, var(--_surface));
    inline-size: calc(var(--_u) * 15);
    block-size: calc(var(--_u) * 15);
  }
  .presence {
    display: block;
    flex: none;
    inline-size: calc(var(--_u) * 12);
    block-size: calc(var(--_u) * 12);
    color: var(--_muted);
  }
  .presence svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .presence .solid {
    fill: currentColor;
    stroke: none;
  }
  .presence.ready,
  .presence-word.ready {
    color: var(--_ready);
  }
  .presence.busy,
  .presence.dnd,
  .presence-word.busy,
  .presence-word.dnd {
    color: var(--_busy);
  }
  .presence.away,
  .presence-word.away {
    color: var(--_away);
  }
  .presence.off {
    color: var(--_off);
  }
  .presence-word {
    font-size: 0.923em;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .presence.past,
  .presence-word.past {
    color: var(--_muted);
  }
  .presence.past path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-dasharray: 2.6 3;
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
