/** Styles of `<consult-panel>`. */
import { css } from 'lit';

/** Header, the Team Communicator where it is open, and the consultations: one at a time, side by side where there is room. */
export const consultStyles = css`
  :host {
    container-type: inline-size;
  }
  .header {
    flex-wrap: wrap;
    row-gap: calc(var(--_u) * 6);
  }
  .about {
    flex: 1 1 calc(var(--_u) * 120);
    min-inline-size: 0;
  }
  .title {
    font-weight: 600;
  }
  .sub {
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.923em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .header .icon {
    inline-size: calc(var(--_u) * 14);
    block-size: calc(var(--_u) * 14);
  }
  .finder {
    border-block-end: 1px solid var(--_line);
    background: var(--_sunken);
    /* Results come later: room for them is scrolled into view with the box. */
    scroll-margin-block-end: calc(var(--_u) * 220);
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
  .picker {
    padding: calc(var(--_u) * 8) calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
  }
  .picker .chip {
    max-inline-size: 100%;
  }
  .picker .chip span:first-of-type {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .consultations {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .one {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  .one:not(.selected) {
    display: none;
  }
  .by-voice {
    order: -1;
    border-block-end: 1px solid var(--_line);
  }
  .by-voice:last-child:first-child {
    border: 0;
  }
  voice-call {
    --deskside-radius: 0px;
  }
  voice-call::part(call) {
    border: 0;
    box-shadow: none;
  }
  im-window {
    --deskside-radius: 0px;
    block-size: var(--deskside-consult-height, calc(var(--_u) * 380));
  }
  im-window::part(window) {
    border: 0;
    box-shadow: none;
  }
  .preview {
    flex: none;
    padding: calc(var(--_u) * 6) calc(var(--_u) * 12);
    border-block-end: 1px solid var(--_line);
    background: var(--_sunken);
    font-size: 0.923em;
  }
  .preview summary {
    min-block-size: 24px;
    color: var(--_muted);
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .preview .scroll {
    max-block-size: calc(var(--_u) * 190);
    padding-block: calc(var(--_u) * 4) calc(var(--_u) * 6);
    overflow-y: auto;
    /* A shadow at the lower edge, which the end of the list covers: so one sees that there is more. */
    background:
      linear-gradient(transparent, var(--_sunken) 60%) bottom / 100% calc(var(--_u) * 24) no-repeat local,
      linear-gradient(transparent, var(--_line)) bottom / 100% calc(var(--_u) * 12) no-repeat scroll;
  }
  .preview .part {
    margin-block: calc(var(--_u) * 6) calc(var(--_u) * 3);
    font-weight: 600;
  }
  .preview .facts {
    font-size: 1em;
  }
  .preview dd {
    text-align: match-parent;
  }
  .preview .withheld {
    margin-block-start: calc(var(--_u) * 6);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .preview .pill {
    margin-inline-start: calc(var(--_u) * 4);
  }
  @container (min-width: 720px) {
    .several .picker {
      display: none;
    }
    .several .consultations {
      grid-template-columns: repeat(auto-fit, minmax(calc(var(--_u) * 340), 1fr));
    }
    .several .one:not(.selected) {
      display: flex;
    }
    .several .one + .one {
      border-inline-start: 1px solid var(--_line);
    }
  }
`;
