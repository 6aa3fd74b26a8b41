/** One row of the communicator: who, presence in shape and word, and what can be done. */
import { html, nothing, type TemplateResult } from 'lit';
import { UNKNOWN_PRESENCE, type MatchRange, type Presence, type Target } from '../../services/index.js';
import { avatar } from '../internal/avatar.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatRelative } from '../internal/format.js';
import { moreIcon } from '../internal/icons.js';
import { presenceText, presenceWord } from '../internal/presence-glyph.js';
import type { OfferedAction } from './actions.js';
import type { ResultRow } from './results.js';

/** What a row shows and does. */
export interface RowOptions {
  readonly row: ResultRow;
  readonly at: number;
  readonly count: number;
  readonly selected: boolean;
  readonly presence: Presence | undefined;
  readonly actions: readonly OfferedAction[];
  readonly menuOpen: boolean;
  onSelect(): void;
  onAct(action: OfferedAction | undefined): void;
  onMenu(): void;
  onMenuKey(event: KeyboardEvent): void;
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
function subLine(element: DesksideElement, { hit: { target, matched } }: ResultRow): (string | TemplateResult)[] {
  if (matched) return marked(matched.text, matched.ranges);
  const number = target.numbers?.[0]?.number;
  const parts = [
    target.type === 'agent' ? target.group : element.text(`type.${target.type}`),
    number && element.text('communicator.extension', { number }),
  ];
  return [parts.filter(Boolean).join(' · ') || target.address];
}

/** State per channel, since when and why: for hovering, and for screen readers. */
function details(element: DesksideElement, presence: Presence): string {
  const channels = Object.entries(presence.channels) as [keyof Presence['channels'], NonNullable<Presence['channels']['im']>][];
  return channels
    .map(([channel, state]) => {
      const word = element.text('presence.channel', { channel: element.text(`channel.${channel}`), state: presenceText(element, state) });
      const since =
        state.since === undefined
          ? ''
          : ` ${element.text('presence.since', { time: formatRelative(state.since, element.locale, Date.now()) })}`;
      return word + since;
    })
    .join('\n');
}

function menuOf(element: DesksideElement, target: Target, { actions, onAct, onMenuKey }: RowOptions): TemplateResult {
  return html`<div
    class="menu"
    role="menu"
    tabindex="-1"
    aria-label=${element.text('communicator.actions', { name: target.name })}
    @keydown=${onMenuKey}
  >
    ${actions.map(
      (offered) =>
        html`<button
          class="menu-item"
          role="menuitem"
          type="button"
          tabindex="-1"
          aria-disabled=${offered.reason ? 'true' : 'false'}
          @click=${(event: Event) => {
            event.stopPropagation();
            onAct(offered);
          }}
        >
          ${offered.icon()}<span
            >${element.text(offered.label)}${offered.reason ? html`<span class="reason">${element.text(offered.reason)}</span>` : nothing}</span
          >
        </button>`,
    )}
  </div>`;
}

/** The row. A click on it does the first action; its other actions are in the menu. */
export function rowOf(element: DesksideElement, options: RowOptions): TemplateResult {
  const { row, at, count, selected, presence = UNKNOWN_PRESENCE, actions, menuOpen, onSelect, onAct, onMenu } = options;
  const { target, nameMatches } = row.hit;
  const agent = target.type === 'agent';
  const first = actions[0];
  // The keys of the list are those of the combobox.
  // eslint-disable-next-line lit-a11y/click-events-have-key-events
  return html`<div
    class="row ${selected ? 'selected' : ''} ${at === count - 1 && count > 3 ? 'last' : ''}"
    id=${`row-${at}`}
    role="row"
    aria-selected=${selected ? 'true' : 'false'}
    aria-rowindex=${at + 1}
    title=${agent ? details(element, presence) : ''}
    @pointermove=${onSelect}
    @click=${() => onAct(first)}
  >
    ${avatar({ name: target.name, locale: element.locale, type: target.type, state: agent ? presence.state : undefined })}
    <div class="row-text" role="gridcell">
      <div class="row-title" dir="auto" title=${target.name}>${marked(target.name, nameMatches)}</div>
      <div class="row-sub" dir="auto">${subLine(element, row)}</div>
    </div>
    <div class="row-end" role="gridcell">
      ${agent ? presenceWord(element, presence) : nothing}
      <div class="actions">
        ${
          first
            ? html`<button
                class="icon-button framed"
                type="button"
                tabindex="-1"
                aria-label=${element.text(first.label)}
                title=${first.reason ? element.text(first.reason) : element.text(first.label)}
                aria-disabled=${first.reason ? 'true' : 'false'}
                @click=${(event: Event) => {
                  event.stopPropagation();
                  onAct(first);
                }}
              >
                ${first.icon()}
              </button>`
            : nothing
        }
        <button
          class="icon-button framed"
          type="button"
          aria-haspopup="menu"
          aria-expanded=${menuOpen ? 'true' : 'false'}
          aria-label=${element.text('communicator.actions', { name: target.name })}
          @click=${(event: Event) => {
            event.stopPropagation();
            onMenu();
          }}
        >
          ${moreIcon()}
        </button>
      </div>
      ${menuOpen ? menuOf(element, target, options) : nothing}
    </div>
  </div>`;
}
