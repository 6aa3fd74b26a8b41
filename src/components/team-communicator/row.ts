/** One row of the communicator: who, presence in shape and word, and what can be done. */
import { html, nothing, type TemplateResult } from 'lit';
import { UNKNOWN_PRESENCE, type MatchRange, type Presence } from '../../services/index.js';
import { avatar } from '../internal/avatar.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatRelative } from '../internal/format.js';
import { moreIcon, starFilledIcon } from '../internal/icons.js';
import { presenceText, presenceWord } from '../internal/presence-glyph.js';
import type { OfferedAction } from './actions.js';
import type { ResultRow } from './results.js';

/** What a row shows and does. */
export interface RowOptions {
  readonly row: ResultRow;
  readonly at: number;
  readonly count: number;
  readonly selected: boolean;
  /** Whether it is told apart as a favorite. */
  readonly starred: boolean;
  readonly presence: Presence | undefined;
  readonly actions: readonly OfferedAction[];
  readonly menuOpen: boolean;
  onSelect(): void;
  onAct(action: OfferedAction | undefined): void;
  onMenu(): void;
}

/** Names a row, whatever its place. */
export function rowKey({ group, hit }: ResultRow): string {
  return `${group} ${hit.target.address}`;
}

/** A text with its matches marked. */
function marked(text: string, ranges: readonly MatchRange[]): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(from, start), html`<mark>${text.slice(start, end)}</mark>`);
    from = end;
  }
  return [...parts, text.slice(from)];
}

/** Group and extension, or the field that matched. */
function subLine(element: DesksideElement, { group, channels = [], hit: { target, matched } }: ResultRow): (string | TemplateResult)[] {
  if (matched) return marked(matched.text, matched.ranges);
  if (group === 'consultations') return [channels.map((channel) => element.text(`channel.${channel}`)).join(' · ')];
  if (group === 'typed') return [target.type === 'contact' ? element.text('communicator.typed-number') : target.address];
  const number = target.numbers?.[0]?.number;
  const parts = [
    target.type === 'agent' ? target.group : element.text(`type.${target.type}`),
    number && (target.type === 'contact' ? number : element.text('communicator.extension', { number })),
  ];
  return [parts.filter(Boolean).join(' · ') || target.address];
}

/** State per channel, since when and why, one line each. */
export function presenceDetails(element: DesksideElement, presence: Presence): string[] {
  const channels = Object.entries(presence.channels) as [keyof Presence['channels'], NonNullable<Presence['channels']['im']>][];
  if (!channels.length) return [presenceText(element, presence)];
  return channels.map(([channel, state]) => {
    const word = element.text('presence.channel', { channel: element.text(`channel.${channel}`), state: presenceText(element, state) });
    if (state.since === undefined) return word;
    return `${word} ${element.text('presence.since', { time: formatRelative(state.since, element.locale, Date.now()) })}`;
  });
}

function defaultButton(element: DesksideElement, first: OfferedAction, onAct: RowOptions['onAct']): TemplateResult {
  const label = element.text(first.label, first.values);
  return html`<button
    class="icon-button framed default"
    type="button"
    tabindex="-1"
    aria-label=${label}
    title=${first.reason ? `${label}: ${element.text(first.reason)}` : label}
    aria-disabled=${first.reason ? 'true' : 'false'}
    @click=${(event: Event) => {
      event.stopPropagation();
      onAct(first);
    }}
  >
    ${first.icon()}
  </button>`;
}

function moreButton(element: DesksideElement, { row, menuOpen, onMenu }: RowOptions): TemplateResult {
  return html`<button
    class="icon-button framed more"
    type="button"
    aria-haspopup="menu"
    aria-expanded=${menuOpen ? 'true' : 'false'}
    aria-label=${element.text('communicator.actions', { name: row.hit.target.name })}
    title=${element.text('action.more')}
    @click=${(event: Event) => {
      event.stopPropagation();
      onMenu();
    }}
  >
    ${moreIcon()}
  </button>`;
}

/** Whether the row is a number as it was typed, of nobody known. */
const isNumber = ({ group, hit: { target } }: ResultRow): boolean => group === 'typed' && target.type === 'contact';

function titleOf(element: DesksideElement, row: ResultRow): unknown {
  const { target, nameMatches } = row.hit;
  if (isNumber(row)) return element.text('communicator.dial', { number: target.name });
  return marked(target.name, nameMatches);
}

function star(element: DesksideElement): TemplateResult {
  const label = element.text('communicator.favorite');
  return html`<span class="star" role="img" aria-label=${label} title=${label}>${starFilledIcon()}</span>`;
}

/** The row. A click on it does the first action; its other actions are in the menu. */
export function rowOf(element: DesksideElement, options: RowOptions): TemplateResult {
  const { row, at, count, selected, starred, presence = UNKNOWN_PRESENCE, actions, menuOpen, onSelect, onAct } = options;
  const { target } = row.hit;
  const agent = target.type === 'agent';
  const [first] = actions;
  // The keys of the list are those of the combobox.
  // eslint-disable-next-line lit-a11y/click-events-have-key-events
  return html`<div
    class="row ${selected ? 'selected' : ''} ${menuOpen ? 'busy' : ''}"
    id=${`row-${at}`}
    role="row"
    aria-selected=${selected ? 'true' : 'false'}
    aria-rowindex=${at + 1}
    aria-describedby=${selected ? 'details' : nothing}
    @pointermove=${onSelect}
    @click=${() => onAct(first)}
  >
    ${avatar({ name: target.name, locale: element.locale, type: isNumber(row) ? 'number' : target.type, state: agent ? presence.state : undefined })}
    <div class="row-text" role="gridcell">
      <div class="row-title" dir="auto" title=${target.name}>${titleOf(element, row)}</div>
      <div class="row-sub" dir="auto">${starred ? star(element) : nothing}${subLine(element, row)}</div>
    </div>
    <div class="row-end" role="gridcell">
      ${agent ? presenceWord(element, presence) : nothing}
      <span class="visually-hidden">${element.text('communicator.position', { position: at + 1, count })}</span>
      <div class="actions">
        ${first ? defaultButton(element, first, onAct) : nothing} ${actions.length > 1 ? moreButton(element, options) : nothing}
      </div>
    </div>
  </div>`;
}
