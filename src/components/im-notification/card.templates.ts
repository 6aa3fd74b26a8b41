/** One invitation as a card. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ImSession, MessageEntry, ServiceErrorCode, SessionCase } from '../../services/index.js';
import { avatar } from '../internal/avatar.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatCountdown } from '../internal/format.js';
import { chevronDownIcon, closeIcon, windowIcon, type Icon } from '../internal/icons.js';
import { caseFacts, timeBar } from './im-notification.templates.js';

/** What a card shows, and does. */
export interface CardView {
  readonly session: ImSession;
  readonly first: MessageEntry | undefined;
  readonly caseData: SessionCase | undefined;
  /** The Origin line. */
  readonly origin: string;
  /** Milliseconds that it still shows, and that it had at first; Infinity for as long as it lives. */
  readonly left: number;
  readonly whole: number;
  /** It is being answered. */
  readonly busy: boolean;
  readonly failure: ServiceErrorCode | undefined;
  /** The ways to reject with words are shown. */
  readonly open: boolean;
  readonly replies: readonly string[];
  /** A person looks at it: its time stands still. */
  readonly onHold: () => void;
  readonly onRelease: () => void;
  readonly onAccept: () => void;
  readonly onReject: (words?: string) => void;
  readonly onMenu: () => void;
  readonly onShow: () => void;
  /** Takes the card away; the invitation stays in the tray. */
  readonly onDismiss: () => void;
}

/** Lets the time run on unless the card is still hovered, or still has the focus. */
function released(event: Event & { relatedTarget?: EventTarget | null }, release: () => void): void {
  const card = event.currentTarget as HTMLElement;
  const stays =
    event.type === 'focusout'
      ? card.matches(':hover') || card.contains((event.relatedTarget ?? null) as Node | null)
      : card.matches(':focus-within');
  if (!stays) release();
}

/** A small button that is all icon. */
function sign(icon: Icon, words: string, act: () => void, classes = 'icon-button'): TemplateResult {
  return html`<button class=${classes} type="button" aria-label=${words} title=${words} @click=${act}>${icon()}</button>`;
}

/** A button that goes away with its card takes no focus from a mouse: who was writing elsewhere goes on writing. */
const keepFocus = (event: Event): void => event.preventDefault();

function head(element: DesksideElement, { session, origin, left, onDismiss }: CardView): TemplateResult {
  const { name } = session.peer;
  return html`<div class="top">
    ${avatar({ name, locale: element.locale })}
    <div class="who">
      <div class="name" dir="auto" title=${name}>${name}</div>
      <div class="origin" dir="auto">${origin}</div>
    </div>
    ${Number.isFinite(left) ? html`<span class="elapsed muted" aria-hidden="true">${formatCountdown(left)}</span>` : nothing}
    <span @mousedown=${keepFocus}>${sign(closeIcon, element.text('notification.dismiss'), onDismiss)}</span>
  </div>`;
}

function answers(element: DesksideElement, view: CardView): TemplateResult {
  const busy = view.busy ? 'true' : 'false';
  const more = element.text('notification.reject-with');
  return html`<div class="buttons">
    <button class="button primary grow" type="button" aria-busy=${busy} @click=${view.onAccept}>${element.text('im.accept')}</button>
    <button class="button grow" type="button" aria-busy=${busy} @mousedown=${keepFocus} @click=${() => view.onReject()}>
      ${element.text('im.reject')}
    </button>
    <button
      class="button narrow"
      type="button"
      aria-label=${more}
      title=${more}
      aria-expanded=${view.open ? 'true' : 'false'}
      @click=${view.onMenu}
    >
      ${chevronDownIcon()}
    </button>
    ${sign(windowIcon, element.text('notification.show'), view.onShow, 'button narrow')}
  </div>`;
}

/** Ways to reject with words. */
function moreAnswers(element: DesksideElement, { replies, onReject }: CardView): TemplateResult {
  const label = element.text('notification.reject-text');
  const handleSubmit = (event: Event): void => {
    event.preventDefault();
    onReject((event.target as HTMLFormElement).querySelector('input')?.value.trim());
  };
  return html`<div class="more">
    ${replies.map((words) => html`<button class="button" type="button" dir="auto" @click=${() => onReject(words)}>${words}</button>`)}
    <form class="own-words" @submit=${handleSubmit}>
      <input class="field" maxlength="200" required placeholder=${label} aria-label=${label} /><button class="button">
        ${element.text('im.reject')}
      </button>
    </form>
  </div>`;
}

/** The card. */
export function invitationCard(element: DesksideElement, view: CardView): TemplateResult {
  const release = (event: Event): void => released(event, view.onRelease);
  return html`<article
    class="card"
    part="notification"
    tabindex="-1"
    aria-label=${view.origin}
    @pointerenter=${view.onHold}
    @pointerleave=${release}
    @focusin=${view.onHold}
    @focusout=${release}
  >
    <div class="content">
      ${head(element, view)} ${caseFacts(element, view.caseData)}
      ${view.first ? html`<p class="quote" dir="auto" tabindex="0">${view.first.text}</p>` : nothing} ${answers(element, view)}
      ${view.open ? moreAnswers(element, view) : nothing}
      ${view.failure ? html`<p class="field-note error" role="alert">${element.text(`error.${view.failure}`)}</p>` : nothing}
    </div>
    ${timeBar(element, view.left, view.whole)}
  </article>`;
}
