/** Text that only assistive technology reads. */
import { css } from 'lit';

/** `.visually-hidden`: out of sight, still in the accessibility tree and without pushing the layout or the scroll area. */
export const hidden = css`
  .visually-hidden:not(:focus-within) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
