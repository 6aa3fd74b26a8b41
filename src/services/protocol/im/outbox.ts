/**
 * Our texts of one session, sent one after the other: the next goes when the one before is answered, so that the order is sure. What has no
 * clear answer (408, 480, 5xx, a lost connection) is held and sent again under the same id: it may have arrived, and the peer shows it once.
 */
import type { Environment, TimerHandle } from '../../environment.js';
import type { MessageFailure, MessageState } from '../../domain/transcript.js';
import { backOff } from '../connection/back-off.js';
import type { SipResponse } from '../gateway.js';
import type { OutgoingText } from './line.js';

/** How long a text may stay unanswered before the session is given up, ms. */
export const GIVE_UP_AFTER = 120_000;

/** A text that has no answer after this long, while the peer is heard, is sent again, ms: several times what any answer takes. */
const OVERDUE = 1000;

/** What it needs. */
export interface OutboxOptions {
  readonly environment: Environment;
  /** Sends one text; `plain` after the peer refused CPIM. Settles on the final response. */
  send(text: OutgoingText, plain: boolean): Promise<SipResponse>;
  onState(id: string, state: MessageState, failure?: MessageFailure): void;
  /** The peer's dialog is gone (481): wait for `resume`. */
  onGone(): void;
  /** Nothing came back for `GIVE_UP_AFTER`. */
  onGiveUp(): void;
  /** The peer takes plain text only. */
  onPlain(): void;
}

/** What an answer means. */
type Verdict = 'delivered' | 'sent' | 'hold' | 'gone' | 'plain' | MessageFailure;

const VERDICTS: Readonly<Record<number, Verdict>> = {
  0: 'hold',
  202: 'sent',
  403: 'not-allowed',
  404: 'hold',
  408: 'hold',
  410: 'hold',
  413: 'too-long',
  415: 'plain',
  430: 'hold',
  480: 'hold',
  481: 'gone',
  488: 'plain',
  491: 'hold',
  513: 'too-long',
  603: 'not-allowed',
};

/**
 * Outside a dialog an answer is about the peer, not about a session that may come back. What may have arrived is not sent again by itself: a
 * device of plain texts would show it twice.
 */
const PAGE_VERDICTS: Readonly<Record<number, Verdict>> = {
  404: 'no-such-agent',
  405: 'unsupported',
  408: 'no-answer',
  410: 'no-such-agent',
  430: 'failed',
  480: 'not-logged-in',
  481: 'failed',
  486: 'busy',
  500: 'failed',
  501: 'unsupported',
  600: 'busy',
};

function verdictOn(status: number, page: boolean): Verdict {
  const outside = page ? PAGE_VERDICTS[status] : undefined;
  if (outside) return outside;
  const fallback = status >= 200 && status < 300 ? 'delivered' : status >= 500 && status < 600 ? 'hold' : 'failed';
  return VERDICTS[status] ?? fallback;
}

/** See the head of the file. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #queue: OutgoingText[] = [];
  #open = false;
  #sending = false;
  /** The text under way has `OVERDUE` left for its answer. */
  #isNudged = false;
  #sentAt = 0;
  /** Between two tries. */
  #isWaiting = false;
  #stopped = false;
  #plain = false;
  /** Single messages outside any dialog. */
  #page = false;
  /** Counts dialogs: an answer that comes over one that was replaced says nothing any more. */
  #dialog = 0;
  #failures = 0;
  #failingSince: number | undefined;
  #timer: TimerHandle | undefined;
  #idle: (() => void)[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Whether everything is answered. */
  get empty(): boolean {
    return this.#queue.length === 0;
  }

  /** Puts a text at the end. */
  add(text: OutgoingText): void {
    this.#queue.push(text);
    void this.#next();
  }

  /** The dialog stands (again): sends what waits, at once. */
  resume(options: { plain?: boolean; page?: boolean } = {}): void {
    this.#plain ||= options.plain ?? false;
    this.#page = options.page ?? this.#page;
    this.#open = true;
    this.#isWaiting = false;
    this.#failures = 0;
    this.#options.environment.clearTimeout(this.#timer);
    void this.#next();
  }

  /**
   * The peer was heard, so the way there is open: what waits to be tried again goes at once, and what was sent into a connection that the
   * peer has lost meanwhile is not waited for much longer.
   */
  nudge(): void {
    if (this.empty || this.#stopped || this.#page || this.#plain) return;
    if (this.#isWaiting) this.resume();
    else if (this.#sending && !this.#isNudged) this.#hurry();
  }

  /** Another dialog takes the place of the one before: what was under way there is sent again. */
  renew(): void {
    this.#dialog += 1;
    this.#sending = false;
  }

  /** The connection is lost: nothing goes out until `resume`. */
  hold(): void {
    this.#open = false;
    this.#isWaiting = false;
    this.#failingSince ??= this.#options.environment.now();
    this.#options.environment.clearTimeout(this.#timer);
  }

  /** The session is over; what waits has failed. An answer that still comes is believed. */
  stop(failure: MessageFailure): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.environment.clearTimeout(this.#timer);
    for (const { id } of this.#queue.splice(0)) this.#options.onState(id, 'failed', failure);
    this.#settle();
  }

  /** Resolves when everything is answered, or after `limit` ms. */
  drained(limit: number): Promise<void> {
    if (this.empty || !this.#open || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.environment.setTimeout(resolve, limit);
      this.#idle.push(() => {
        this.#options.environment.clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Sends the text under way again where it is overdue. */
  #hurry(): void {
    const { environment } = this.#options;
    const dialog = this.#dialog;
    const [text] = this.#queue;
    this.#isNudged = true;
    environment.setTimeout(
      () => {
        if (dialog !== this.#dialog || text !== this.#queue[0] || !this.#sending || this.#stopped) return;
        this.renew();
        void this.#next();
      },
      Math.max(0, this.#sentAt + OVERDUE - environment.now()),
    );
  }

  async #next(): Promise<void> {
    const text = this.#queue[0];
    if (!text || !this.#open || this.#sending || this.#stopped) return;
    const dialog = this.#dialog;
    this.#sending = true;
    this.#isNudged = false;
    this.#sentAt = this.#options.environment.now();
    this.#options.onState(text.id, 'sending');
    const { status } = await this.#options.send(text, this.#plain).catch(() => ({ status: 0 }));
    if (dialog !== this.#dialog) return;
    this.#sending = false;
    this.#judge(text, verdictOn(status, this.#page));
    void this.#next();
  }

  #judge(text: OutgoingText, verdict: Verdict): void {
    if (verdict === 'hold') this.#retryLater();
    else if (verdict === 'gone') this.#gone();
    else if (verdict === 'plain' && !this.#plain) this.#goPlain();
    else this.#done(text, verdict);
  }

  #done({ id }: OutgoingText, verdict: Exclude<Verdict, 'hold' | 'gone'>): void {
    this.#failures = 0;
    this.#failingSince = undefined;
    if (!this.#stopped) this.#queue.shift();
    if (verdict === 'delivered' || verdict === 'sent') this.#options.onState(id, verdict);
    else this.#options.onState(id, 'failed', verdict === 'plain' ? 'type-refused' : verdict);
    if (this.empty) this.#settle();
  }

  #goPlain(): void {
    this.#plain = true;
    this.#options.onPlain();
  }

  #gone(): void {
    if (this.#stopped) return;
    this.hold();
    this.#options.onGone();
  }

  #retryLater(): void {
    if (this.#stopped) return;
    const { environment } = this.#options;
    this.#failingSince ??= environment.now();
    if (environment.now() - this.#failingSince > GIVE_UP_AFTER) {
      this.#open = false;
      this.#options.onGiveUp();
      return;
    }
    // Held by the lost connection already: `resume` comes with the next one.
    if (!this.#open) return;
    this.#open = false;
    this.#isWaiting = true;
    this.#timer = environment.setTimeout(
      () => {
        this.#isWaiting = false;
        this.#open = true;
        void this.#next();
      },
      backOff(this.#failures++, environment.random()),
    );
  }

  #settle(): void {
    for (const done of this.#idle.splice(0)) done();
  }
}
