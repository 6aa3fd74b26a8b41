/** Buttons: plain, primary, danger, quiet, icon, and the link that is a button. */
import { css } from 'lit';

/**
 * Classes on `<button>` (or a link that acts as one):
 * `.button` plain · `.button.primary` · `.button.danger` (ends something) · `.button.quiet` (no border) · `.icon-button` 28 px, never below
 * 24 · `.link-button` looks like a link. `aria-pressed="true"` shows a switch that is on. A disabled button that must say why uses
 * `aria-disabled="true"`, which keeps it focusable.
 */
export const buttons = css`
  .button,
  .icon-button,
  .link-button {
    font: inherit;
    letter-spacing: inherit;
    margin: 0;
    cursor: pointer;
    color: var(--_text);
    -webkit-appearance: none;
    appearance: none;
    touch-action: manipulation;
  }
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_u) * 6);
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    background: transparent;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    transition:
      background-color var(--_speed),
      border-color var(--_speed);
  }
  .button {
    min-inline-size: min-content;
    padding: calc(var(--_u) * 3) calc(var(--_u) * 12);
    font-weight: 600;
    border-color: var(--_line-strong);
    background: var(--_surface);
    text-align: center;
    overflow-wrap: break-word;
    text-decoration: none;
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.danger {
    color: var(--_danger);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
  }
  .button.narrow {
    padding-inline: calc(var(--_u) * 7);
  }
  .icon-button {
    inline-size: var(--_target);
    block-size: var(--_target);
    flex: none;
    padding: 0;
    color: var(--_muted);
  }
  .icon-button.framed {
    background: var(--_surface);
    border-color: var(--_line);
    color: var(--_accent);
  }
  .icon-button.danger {
    color: var(--_danger);
  }
  .link-button {
    display: inline-flex;
    align-items: center;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .link-button.danger {
    color: var(--_danger);
  }
  .button[aria-pressed='true'],
  .icon-button[aria-pressed='true'] {
    background: var(--_accent-weak);
    border-color: var(--_accent);
    color: var(--_accent);
  }
  @media (hover: hover) {
    .button:hover,
    .icon-button:hover {
      background: color-mix(in srgb, var(--_text) 7%, var(--_surface));
      border-color: var(--_control);
    }
    .icon-button:not(.framed):hover {
      border-color: transparent;
      color: var(--_text);
    }
    .button.primary:hover {
      background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
      border-color: transparent;
    }
    .link-button:hover {
      text-decoration-thickness: 2px;
    }
  }
  .button:active,
  .icon-button:active {
    transform: translateY(1px);
  }
  :is(.button, .icon-button, .link-button):is(:disabled, [aria-disabled='true']) {
    cursor: not-allowed;
    color: var(--_muted);
    background: transparent;
    border-color: var(--_line);
    transform: none;
  }
  :is(.button, .icon-button)[aria-busy='true'] {
    cursor: progress;
  }
  .button-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_u) * 6);
  }
  @media (forced-colors: active) {
    .button,
    .icon-button.framed {
      border-color: ButtonText;
    }
    .button.primary:not(:disabled, [aria-disabled='true']) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    :is(.button, .icon-button)[aria-pressed='true'] {
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
    :is(.button, .icon-button, .link-button):is(:disabled, [aria-disabled='true']) {
      color: GrayText;
      border-color: GrayText;
    }
  }
`;
