/** Small marks: pills (a state), chips (a filter), badges (a count), progress bar. */
import { css } from 'lit';

/**
 * `.pill` with `.ready`, `.warning`, `.busy` or nothing (neutral) · `.chip` on a button, on with `aria-pressed="true"` or
 * `aria-selected="true"` · `.badge` counts · `.bar` with a child whose `--_part` (0…1) is set by `style.setProperty`.
 */
export const pills = css`
  .pill {
    display: inline-block;
    padding: calc(var(--_u) * 2) calc(var(--_u) * 8);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_u) * 11);
    font-size: 0.846em;
    font-weight: 600;
    line-height: 1.3;
    background: var(--_sunken);
    color: var(--_muted);
    white-space: nowrap;
  }
  .pill.ready {
    background: var(--_ready-weak);
    border-color: transparent;
    color: var(--_ready);
  }
  .pill.warning {
    background: var(--_warning-surface);
    border-color: transparent;
    color: var(--_away);
  }
  .pill.busy {
    background: var(--_busy-weak);
    border-color: transparent;
    color: var(--_busy);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 4);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 4);
    min-block-size: 24px;
    padding: calc(var(--_u) * 2) calc(var(--_u) * 9);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_u) * 14);
    background: none;
    font: inherit;
    font-size: 0.923em;
    color: var(--_muted);
    cursor: pointer;
    white-space: nowrap;
  }
  .chip .icon {
    inline-size: calc(var(--_u) * 13);
    block-size: calc(var(--_u) * 13);
  }
  .chip:is([aria-pressed='true'], [aria-selected='true'], [aria-checked='true']) {
    background: var(--_accent-weak);
    border-color: transparent;
    color: var(--_accent);
    font-weight: 600;
  }
  @media (hover: hover) {
    .chip:hover {
      border-color: var(--_control);
      color: var(--_text);
    }
  }
  .badge {
    display: inline-block;
    align-self: center;
    flex: none;
    min-inline-size: calc(var(--_u) * 17);
    padding-inline: calc(var(--_u) * 5);
    border-radius: calc(var(--_u) * 9);
    background: var(--_danger);
    color: var(--_on-danger);
    font-size: 0.77em;
    font-weight: 700;
    line-height: calc(var(--_u) * 17);
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .bar {
    block-size: 3px;
    background: var(--_line);
    overflow: hidden;
  }
  .bar > * {
    display: block;
    block-size: 100%;
    inline-size: calc(100% * var(--_part, 1));
    background: var(--_accent);
  }
  .elapsed {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .pill {
      border-color: CanvasText;
    }
    .badge {
      forced-color-adjust: none;
      background: CanvasText;
      color: Canvas;
    }
    .chip:is([aria-pressed='true'], [aria-selected='true'], [aria-checked='true']) {
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
    .bar {
      border-block-start: 1px solid CanvasText;
    }
    .bar > * {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
