/** Lists of people and things: rows of 46 px with two lines, group headings. */
import { css } from 'lit';

/**
 * `.row` holds `.avatar`, a `.row-text` with `.row-title` and `.row-sub`, and what stands at the end (`.row-end`).
 * `.row.selected` or `aria-selected="true"` is the one that Enter acts on. `.group-title` stands above rows. `.facts` on a `<dl>` is a
 * two-column list. Long names are cut with an ellipsis; put the whole name into `title`.
 */
export const rows = css`
  .row {
    --_halo: var(--_surface);
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 10);
    min-block-size: calc(var(--_u) * 46);
    padding: calc(var(--_u) * 5) calc(var(--_u) * 12);
  }
  .row-text {
    flex: 1;
    min-inline-size: 0;
  }
  .row-title,
  .row-sub {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .row-title b {
    color: var(--_accent);
    font-weight: 700;
  }
  .row-title.strong {
    font-weight: 600;
  }
  .row-sub {
    font-size: 0.923em;
    color: var(--_muted);
  }
  .row-end {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 6);
    flex: none;
    max-inline-size: 55%;
  }
  .row[role='option'],
  .row.action {
    cursor: pointer;
  }
  @media (hover: hover) {
    .row[role='option']:hover,
    .row.action:hover {
      --_halo: color-mix(in srgb, var(--_text) 4%, var(--_surface));
      background: var(--_halo);
    }
  }
  .row.selected,
  .row[aria-selected='true'] {
    --_halo: var(--_accent-weak);
    background: var(--_accent-weak);
  }
  .group-title {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: calc(var(--_u) * 8);
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12) calc(var(--_u) * 4);
    font-size: 0.846em;
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: 0.03em;
    text-transform: uppercase;
    color: var(--_muted);
  }
  .group-title .link-button {
    font-size: inherit;
    text-transform: none;
    text-decoration: none;
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(min-content, auto) minmax(0, 1fr);
    gap: calc(var(--_u) * 3) calc(var(--_u) * 12);
    font-size: 0.923em;
  }
  .facts dt {
    color: var(--_muted);
    overflow-wrap: anywhere;
    max-inline-size: 16ch;
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .row.selected,
    .row[aria-selected='true'] {
      --_halo: SelectedItem;
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
    :is(.row.selected, .row[aria-selected='true']) :is(.row-title b, .row-sub, .presence-word) {
      color: inherit;
    }
    :is(.row.selected, .row[aria-selected='true']) .presence {
      color: SelectedItemText;
    }
  }
`;
