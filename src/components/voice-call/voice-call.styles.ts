/** Styles of `<voice-call>`. */
import { css } from 'lit';

/** Header, notices, a row of buttons, and what opens under it. */
export const callStyles = css`
  :host {
    container-type: inline-size;
    display: block;
  }
  .calls {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_u) * 8);
  }
  .header {
    flex-wrap: wrap;
    row-gap: calc(var(--_u) * 6);
    border: 0;
  }
  .about {
    flex: 1 1 calc(var(--_u) * 120);
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sub {
    color: var(--_muted);
    font-size: 0.923em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .contact {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 8);
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
    background: var(--_sunken);
  }
  .contact .name {
    flex: 1;
    min-inline-size: 0;
  }
  .finder {
    border-block-start: 1px solid var(--_line);
    background: var(--_sunken);
  }
  .finder team-communicator {
    display: block;
  }
  .finder team-communicator::part(card) {
    border: 0;
    border-radius: 0;
    background: none;
    box-shadow: none;
  }
  .controls .button[aria-expanded='true'] {
    background: var(--_accent-weak);
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .alerting .header {
    background: var(--_warning-surface);
  }
  .controls {
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12) calc(var(--_u) * 10);
    border-block-start: 1px solid var(--_line);
  }
  .controls .grow {
    flex: 1;
  }
  .button .icon {
    flex: none;
  }
  .end {
    margin-inline-start: auto;
  }
  .level {
    block-size: 2px;
  }
  .level > * {
    --_part: 0;
    background: var(--_ready);
    transition: inline-size var(--_speed);
  }
  .panel {
    display: grid;
    gap: calc(var(--_u) * 8);
    padding: calc(var(--_u) * 10) calc(var(--_u) * 12);
    border-block-start: 1px solid var(--_line);
    background: var(--_sunken);
  }
  .keys {
    display: grid;
    grid-template-columns: repeat(3, minmax(calc(var(--_u) * 40), calc(var(--_u) * 64)));
    justify-content: center;
    gap: calc(var(--_u) * 6);
  }
  .keys .button {
    min-block-size: calc(var(--_u) * 34);
    font-variant-numeric: tabular-nums;
  }
  .pressed {
    min-block-size: 1.4em;
    text-align: center;
    letter-spacing: 0.2em;
    overflow: hidden;
    color: var(--_muted);
  }
  label {
    display: grid;
    gap: calc(var(--_u) * 3);
    color: var(--_muted);
    font-size: 0.923em;
  }
  label .field {
    color: var(--_text);
  }
  .notice {
    border-block-start: 1px solid var(--_line);
  }
  .notice p {
    flex: 1;
  }
  .notice .button {
    flex: none;
    align-self: center;
  }
  @container (max-width: 359px) {
    .controls .button:not(.grow) .words {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .controls .button:not(.grow) {
      padding-inline: calc(var(--_u) * 8);
    }
  }
`;
