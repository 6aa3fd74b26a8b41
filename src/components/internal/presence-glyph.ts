/**
 * Presence as a shape and a word: never one without the other. What is not `current`, for there is no connection, is what was last so, and is drawn so:
 * dashed, grey, and said in words.
 */
import { html, type TemplateResult } from 'lit';
import type { ChannelPresence, PresenceState } from '../../services/index.js';
import type { DesksideElement } from './base-element.js';

/** The shapes: filled dot, dot with bar, crossed dot, ring, hollow ring, question mark. */
export type PresenceShape = 'ready' | 'busy' | 'dnd' | 'away' | 'off' | 'unknown';

const SHAPES: Readonly<Record<string, PresenceShape>> = {
  ready: 'ready',
  busy: 'busy',
  'do-not-disturb': 'dnd',
  'not-ready': 'away',
  'after-call-work': 'away',
  'logged-off': 'off',
  unknown: 'unknown',
} satisfies Record<PresenceState, PresenceShape>;

const DOT = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z';
const CROSS = 'M9.7 4.7l1.6 1.6L9.6 8l1.7 1.7-1.6 1.6L8 9.6l-1.7 1.7-1.6-1.6L6.4 8 4.7 6.3l1.6-1.6L8 6.4z';

/** Paths on a grid of 16. Bar and cross are holes in the dot, so that whatever lies behind shows through, in any theme. */
const PATHS: Readonly<Record<PresenceShape, readonly [path: string, strokeWidth: number]>> = {
  ready: [DOT, 0],
  busy: [`${DOT}M4 6.7h8v2.6H4z`, 0],
  dnd: [DOT + CROSS, 0],
  away: ['M8 2.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 8 2.8z', 3.6],
  off: ['M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z', 1.8],
  unknown: ['M5.2 5.6a2.8 2.8 0 1 1 4.1 2.5c-.9.5-1.3 1-1.3 2M8 13.4v.01', 2],
};

/** The shape of a presence state. */
export function presenceShape(state: PresenceState): PresenceShape {
  return SHAPES[state] ?? 'unknown';
}

/** The shape alone, hidden from assistive technology: put `presenceWord` beside it, or into the name of what carries it. */
export function presenceGlyph(state: PresenceState, current = true): TemplateResult {
  const shape = presenceShape(state);
  const [path, width] = PATHS[shape];
  return html`<span class="presence ${shape} ${current ? '' : 'past'}" aria-hidden="true"
    ><svg viewBox="0 0 16 16" focusable="false">
      <path class=${width ? '' : 'solid'} fill-rule="evenodd" stroke-width=${width} d=${path}></path></svg
  ></span>`;
}

/** The word in the element's language, with the reason: `Not Ready · Lunch`. */
export function presenceText(element: DesksideElement, { state, reason }: ChannelPresence, current = true): string {
  const word = element.text(`presence.${state satisfies PresenceState}`);
  const words = reason ? element.text('presence.with-reason', { state: word, reason }) : word;
  return current ? words : element.text('presence.not-current', { state: words });
}

/** The word as it stands at the end of a row, in the colour of the state; cut off when long, whole in its title. */
export function presenceWord(element: DesksideElement, presence: ChannelPresence, current = true): TemplateResult {
  const words = presenceText(element, presence, current);
  return html`<span class="presence-word ${presenceShape(presence.state)} ${current ? '' : 'past'}" title=${words}>${words}</span>`;
}
