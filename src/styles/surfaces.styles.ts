/** What things lie on: card, header, popover menu, notices, the empty and the loading state. */
import { css } from 'lit';

/**
 * `.card` · `.header` (a row under which a hairline runs) · `.menu` (popover) with `.menu-item` · `.notice` with `.error` or `.warning` ·
 * `.empty` (nothing here, and what to do) · `.quote` (words of the peer) · `.skeleton` (a row still loading).
 */
export const surfaces = css`
  .card {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
    overflow: clip;
  }
  .header {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 10);
    padding: calc(var(--_u) * 10) calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
  }
  .menu {
    margin: 0;
    padding: calc(var(--_u) * 4);
    min-inline-size: calc(var(--_u) * 180);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
    inline-size: 100%;
    min-block-size: max(24px, calc(var(--_u) * 30));
    padding: calc(var(--_u) * 4) calc(var(--_u) * 8);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    font: inherit;
    text-align: start;
    color: inherit;
    cursor: pointer;
  }
  .menu-item .icon {
    color: var(--_muted);
  }
  .menu-item:is(:hover, :focus-visible) {
    background: var(--_accent-weak);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  .menu-item[aria-disabled='true'] {
    color: var(--_muted);
    cursor: not-allowed;
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: calc(var(--_u) * 8);
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12);
    background: var(--_sunken);
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .notice.warning {
    background: var(--_warning-surface);
  }
  .notice.warning .icon {
    color: var(--_away);
  }
  .notice.error {
    background: var(--_busy-weak);
  }
  .notice.error .icon {
    color: var(--_busy);
  }
  .notice .link-button {
    flex: none;
  }
  .notice .icon {
    margin-block-start: 0.1em;
  }
  .empty {
    padding: calc(var(--_u) * 20) calc(var(--_u) * 16);
    color: var(--_muted);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .quote {
    padding: calc(var(--_u) * 8) calc(var(--_u) * 10);
    border-inline-start: 3px solid var(--_peer);
    border-start-end-radius: var(--_radius-small);
    border-end-end-radius: var(--_radius-small);
    background: var(--_sunken);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .skeleton {
    display: block;
    block-size: 0.8em;
    border-radius: var(--_radius-small);
    background: var(--_line);
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid CanvasText;
    }
    .menu-item:is(:hover, :focus-visible) {
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
    .menu-item:is(:hover, :focus-visible) .icon {
      color: inherit;
    }
    .menu-item[aria-disabled='true'] {
      color: GrayText;
    }
    .skeleton {
      background: GrayText;
      forced-color-adjust: none;
    }
  }
`;
