/** The message box: its rules, apart from how it looks. */
import type { ReactiveController } from 'lit';
import { MAX_MESSAGE_BYTES, type ImSession, type SipService } from '../../services/index.js';
import { isServiceError, type ServiceErrorCode } from '../../services/service-error.js';
import type { DesksideElement } from '../internal/base-element.js';
import { emit } from '../internal/events.js';

/** Bytes before the limit from which on the rest is counted. */
const COUNT_FROM = 2048;

/** Milliseconds after which a pause counts as having stopped typing (RFC 3994, 3.2). */
const TYPING_REST = 5000;

const encoder = new TextEncoder();

/** The replies that a text which begins with "/" looks for, by any part of their words; all of them for any other text. */
export function matchingReplies(replies: readonly string[], text: string): readonly string[] {
  if (!text.startsWith('/')) return replies;
  const wanted = text.slice(1).trim().toLocaleLowerCase();
  return replies.filter((reply) => reply.toLocaleLowerCase().includes(wanted));
}

/** Makes the box as high as its text, where the browser does not do it by itself (`field-sizing`). */
export function grow(box: HTMLTextAreaElement): void {
  if (Reflect.has(box.style, 'fieldSizing')) return;
  box.style.setProperty('block-size', 'auto');
  box.style.setProperty('block-size', `${box.scrollHeight + 2}px`);
}

/** Text, limits and sending for one session at a time. Drafts are kept by the service, so that they outlive the element. */
export class Composer implements ReactiveController {
  readonly #host: DesksideElement;
  #failure: ServiceErrorCode | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: DesksideElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Why the last try to send failed; the text is still in the box. */
  get failure(): ServiceErrorCode | undefined {
    return this.#failure;
  }

  hostDisconnected(): void {
    clearTimeout(this.#rest);
  }

  /** Bytes left, where it is worth saying; negative over the limit. */
  left(text: string): number | undefined {
    if (text.length * 3 < MAX_MESSAGE_BYTES - COUNT_FROM) return undefined;
    const left = MAX_MESSAGE_BYTES - encoder.encode(text).length;
    return left <= COUNT_FROM ? left : undefined;
  }

  /** The agent changed the text. */
  typed(service: SipService, session: ImSession, text: string): void {
    this.#failure = undefined;
    service.view.setDraft(session.id, text);
    clearTimeout(this.#rest);
    if (session.status !== 'connected') return;
    service.im.typing(session.id, text.trim() !== '');
    this.#rest = setTimeout(() => service.im.typing(session.id, false), TYPING_REST);
  }

  /** Sends the text unless the host takes it over. @returns whether the box is to be emptied */
  send(service: SipService, session: ImSession, text: string): boolean {
    if (text.trim() === '') return false;
    if (!emit(this.#host, 'imsend', { sessionId: session.id, text })) return false;
    try {
      service.im.send(session.id, text);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      this.#failure = error.code;
      this.#host.requestUpdate();
      return false;
    }
    clearTimeout(this.#rest);
    this.#failure = undefined;
    service.view.setDraft(session.id, '');
    return true;
  }
}
