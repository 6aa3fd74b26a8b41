/** The lines of a transcript as templates. What people wrote is text; nothing of it is ever markup. */
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MessageEntry, SystemEntry, Transcript, TranscriptEntry } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatDaySeparator, formatFull, formatTime, isOtherDay } from '../internal/format.js';
import { checkDoubleIcon, checkIcon, clockIcon, warningIcon, type Icon } from '../internal/icons.js';
import { linkedText } from '../internal/linkify.js';

/** Lines of one author within this time (ms) share one name. */
const SAME_BREATH = 60_000;

/** What lines need to know beside themselves. */
export interface LineContext {
  readonly element: DesksideElement;
  /** Id of the first line that nobody has seen; the marker stands before it. */
  readonly unreadFrom: string | undefined;
  readonly unread: number;
  /** Name of the party, for system lines that name nobody. */
  readonly peer: string;
  /** Whether the peer invited. */
  readonly incoming: boolean;
  /** Sends a failed line again; undefined where that is not possible any more. */
  readonly retry: ((id: string) => void) | undefined;
}

const STATE_ICONS: Readonly<Record<NonNullable<MessageEntry['state']>, Icon>> = {
  queued: clockIcon,
  sending: clockIcon,
  sent: checkIcon,
  delivered: checkIcon,
  read: checkDoubleIcon,
  failed: warningIcon,
};

function clock(context: LineContext, at: number): TemplateResult {
  const { locale } = context.element;
  return html`<time datetime=${new Date(at).toISOString()} title=${formatFull(at, locale)}>${formatTime(at, locale)}</time>`;
}

function stateOf(context: LineContext, entry: MessageEntry): TemplateResult | typeof nothing {
  if (!entry.own || !entry.state || entry.state === 'failed') return nothing;
  return html`<span class="state ${entry.state}">${STATE_ICONS[entry.state]()}${context.element.text(`message.${entry.state}`)}</span>`;
}

function failureOf(context: LineContext, entry: MessageEntry): TemplateResult | typeof nothing {
  if (entry.state !== 'failed') return nothing;
  const { element } = context;
  const reason = element.text(`failure.${entry.failure ?? 'failed'}`);
  // What is too long once is too long again.
  const again = context.retry !== undefined && entry.failure !== 'too-long';
  return html`<div class="failed">
    ${warningIcon()}<span
      >${element.text('message.failed', { reason })}
      ${again ? html`<button class="link-button danger" type="button" @click=${() => context.retry?.(entry.id)}>${element.text('action.retry')}</button>` : nothing}</span
    >
  </div>`;
}

function message(context: LineContext, entry: MessageEntry, first: boolean): TemplateResult {
  const head = html`<div class="head"><span class="who" dir="auto">${entry.from.name}</span>${clock(context, entry.at)}</div>`;
  return html`<div
    class="line message ${entry.own ? 'own' : 'peer'} ${first ? 'first' : ''}"
    role="listitem"
    tabindex="-1"
    data-id=${entry.id}
  >
    ${first ? head : nothing}
    <div class="body">
      <span class="words" dir="auto">${linkedText(entry.text)}</span>${first ? nothing : clock(context, entry.at)}${stateOf(context, entry)}
    </div>
    ${failureOf(context, entry)}
  </div>`;
}

/** The words of a system line, with whatever words came with it. `incoming`: a time-out was on this side. */
export function systemWords(element: DesksideElement, entry: SystemEntry, peer: string, incoming = false): string {
  const missed = incoming && entry.code === 'ended.no-answer';
  const line = element.text(missed ? 'system.missed' : `system.${entry.code}`, { name: entry.by?.name ?? peer });
  return entry.text ? element.text('transcript.with-text', { line, text: entry.text }) : line;
}

function system(context: LineContext, entry: SystemEntry): TemplateResult {
  return html`<div class="system" role="listitem" tabindex="-1" data-id=${entry.id}>
    <span dir=${context.element.rtl ? 'rtl' : 'ltr'}>${systemWords(context.element, entry, context.peer, context.incoming)}</span
    >${clock(context, entry.at)}
  </div>`;
}

/** Whether a message begins a new block with its author's name. */
function beginsBlock(entry: MessageEntry, before: TranscriptEntry | undefined): boolean {
  return (
    before?.kind !== 'message' ||
    before.own !== entry.own ||
    before.from.address !== entry.from.address ||
    entry.at - before.at > SAME_BREATH
  );
}

/** One line; drawn again only when it, the line before, or what both stand in is another. */
function line(context: LineContext, entry: TranscriptEntry, before: TranscriptEntry | undefined): unknown {
  const unread = context.unreadFrom === entry.id ? context.unread : 0;
  const { locale, strings } = context.element;
  const around = [unread, context.peer, context.incoming, context.retry, locale, strings];
  return guard([entry, before, ...around], () => draw(context, entry, before));
}

function draw(context: LineContext, entry: TranscriptEntry, before: TranscriptEntry | undefined): TemplateResult {
  const day =
    !before || isOtherDay(before.at, entry.at)
      ? html`<div class="day" role="listitem">${formatDaySeparator(entry.at, context.element.locale, Date.now())}</div>`
      : nothing;
  const marker =
    context.unreadFrom === entry.id
      ? html`<div class="unread" role="listitem">${context.element.text('transcript.new', { count: context.unread })}</div>`
      : nothing;
  const shown =
    entry.kind === 'message' ? message(context, entry, marker !== nothing || beginsBlock(entry, before)) : system(context, entry);
  return html`${day}${marker}${shown}`;
}

/** Chunks per section: what is out of view is skipped, laid out and drawn by tens of thousands of lines, section by section. */
const SECTION = 16;

/** All lines, in sections of chunks. Each is looked at again only when one of its chunks, or what surrounds it, is another. */
export function sections(context: LineContext, chunks: Transcript['chunks']): TemplateResult[] {
  const marked = context.unreadFrom === undefined ? -1 : chunks.findLastIndex((chunk) => chunk.some(({ id }) => id === context.unreadFrom));
  const { locale, strings } = context.element;
  const around = [context.peer, context.retry, locale, strings];
  const marker = (at: number): string => (at === marked ? `${context.unreadFrom ?? ''}/${context.unread}` : '');
  const chunkAt = (chunk: readonly TranscriptEntry[], at: number): TemplateResult => {
    const before = chunks[at - 1]?.at(-1);
    return html`<div class="chunk ${at === chunks.length - 1 ? 'newest' : ''}" role="presentation">
      ${guard([chunk, before, marker(at), ...around], () => chunk.map((entry, place) => line(context, entry, place ? chunk[place - 1] : before)))}
    </div>`;
  };
  const sectionFrom = (from: number): TemplateResult => {
    const inside = chunks.slice(from, from + SECTION);
    const newest = from + SECTION >= chunks.length;
    const marks = inside.map((_, at) => marker(from + at)).join('');
    return html`<div class="section ${newest ? 'newest' : ''}" role="presentation">
      ${guard([...inside, chunks[from - 1]?.at(-1), marks, newest, ...around], () => inside.map((chunk, at) => chunkAt(chunk, from + at)))}
    </div>`;
  };
  return Array.from({ length: Math.ceil(chunks.length / SECTION) }, (_, at) => sectionFrom(at * SECTION));
}
