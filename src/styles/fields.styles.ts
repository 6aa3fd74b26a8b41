/** Text fields and the search box. */
import { css } from 'lit';

/**
 * `.field` on `<input>`, `<textarea>`, `<select>`. `.search` is a box around an icon, a bare `<input>` and buttons; the box shows the focus.
 * `.field-note` under a field; `.field-note.error` with `aria-describedby` says what is wrong.
 */
export const fields = css`
  .field,
  .search {
    inline-size: 100%;
    min-block-size: calc(var(--_u) * 34);
    border: 1px solid var(--_control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
  }
  .field {
    display: block;
    margin: 0;
    padding: calc(var(--_u) * 6) calc(var(--_u) * 9);
    font: inherit;
    resize: none;
    overflow-wrap: anywhere;
  }
  select.field {
    padding-block: calc(var(--_u) * 4);
  }
  .search {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
    padding-inline: calc(var(--_u) * 9) calc(var(--_u) * 3);
    color: var(--_muted);
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    align-self: stretch;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    font: inherit;
    -webkit-appearance: none;
    appearance: none;
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  input:placeholder-shown {
    text-overflow: ellipsis;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .field:focus-visible,
  .search:focus-within {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
    outline-offset: 0;
  }
  .search input:focus-visible {
    outline: none;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .field:disabled,
  .field[aria-disabled='true'] {
    background: var(--_sunken);
    border-color: var(--_line);
    color: var(--_muted);
  }
  .field-note {
    margin-block-start: var(--_space);
    font-size: 0.923em;
    color: var(--_muted);
  }
  .field-note.error {
    color: var(--_danger);
  }
  @media (forced-colors: active) {
    .search:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
