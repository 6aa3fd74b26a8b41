/** The focus ring: seen with the keyboard, never with the mouse, and kept in forced colours. */
import { css } from 'lit';

/** Ring around whatever has the keyboard focus. `.focus-inset` draws it inside, for rows that fill a scrolling list. */
export const focus = css`
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .focus-inset:focus-visible {
    outline-offset: -2px;
  }
  @media (forced-colors: active) {
    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
