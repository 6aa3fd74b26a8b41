/** `<im-notification>`: invitations that wait for an answer. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  hasRight,
  isMissed,
  isPending,
  type ImSession,
  type MessageEntry,
  type SessionCase,
  type SipService,
} from '../../services/index.js';
import { buttons, fields, pills, presence, rows, surfaces } from '../../styles/index.js';
import { announce } from '../internal/announcer.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit } from '../internal/events.js';
import { StoreController, type Read } from '../internal/store-controller.js';
import type { StringKey } from '../internal/strings.js';
import { Attention } from './attention.js';
import { Countdowns } from './countdown.js';
import { NotificationFocus } from './focus.js';
import { notificationStyles } from './im-notification.styles.js';
import { invitationCard, type CardView } from './card.templates.js';
import { offers } from './im-notification.templates.js';
import { caseWords } from '../internal/strings/en/case.js';
import { commonWords } from '../internal/strings/en/common.js';
import { notificationWords } from '../internal/strings/en/notification.js';
import { sessionWords } from '../internal/strings/en/session.js';

/** Texts offered with "Reject with a message". */
const CANNED: readonly StringKey[] = ['notification.reject-busy', 'notification.reject-later', 'notification.reject-other'];

/** Milliseconds for which it is said that an invitation is over. */
const GONE_FOR = 6000;

/** Those that wait; only theirs is read, so that lines of a session that is open wake nothing here. */
function waitingOf(read: Read): ImSession[] {
  return (read('sessions') ?? []).flatMap((id) => {
    const session = read(`session:${id}`);
    return session && isPending(session) && !session.dismissed ? [session] : [];
  });
}

/** An invitation as it is shown. */
type Waiting = Pick<CardView, 'session' | 'first' | 'caseData'>;

/**
 * Invitations that wait for an answer, newest last: caller, origin, case information, the first message, Accept and Reject, and how long it
 * still shows. It never takes the focus. When its time is over it goes away; the invitation stays in the tray while it lives.
 *
 *     <im-notification notification-timeout="20"></im-notification>
 *
 * Keyboard: the shortcut puts the focus on the newest invitation; Escape there closes the ways to reject, then gives the focus back where it
 * was. Who answers with the keyboard goes on to the newest one left.
 *
 * @fires iminvite - An invitation came: `{sessionId, party, consultation}`. Bubbles, cancelable: the host shows its own.
 * @fires imaccept - Accepted here: `{sessionId}`. Bubbles once.
 * @fires imreject - Rejected here: `{sessionId}`. Bubbles once.
 * @csspart notification - One invitation.
 */
export class ImNotification extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, pills, presence, rows, surfaces, notificationStyles];
  static override english = [caseWords, commonWords, notificationWords, sessionWords];

  /** Seconds that a notification shows; 0 for as long as the invitation lives. */
  @property({ type: Number, attribute: 'notification-timeout' }) notificationTimeout = 20;

  /** Where it shows: `bottom` or `top`, `end` or `start`; `inline` where the element stands. */
  @property({ reflect: true }) position = 'bottom end';

  /** What rings: `name|priority|duration` (`bell`, `ring`, `chord`, `warning`; the highest priority rings; −1 repeats, 0 once, else ms). */
  @property() ring: string | undefined;

  /** Shortcut that puts the focus on the newest invitation (`Alt+Shift+N`); none where left out. */
  @property() shortcut: string | undefined;

  /** Texts offered with "Reject with a message", instead of our own. */
  @property({ attribute: false }) rejectReplies: readonly string[] | undefined;

  @state() private menu: string | undefined;
  /** Name of the one whose invitation ended unanswered while it showed. */
  @state() private gone: string | undefined;

  readonly #waiting = new StoreController(this, waitingOf);
  readonly #details = new StoreController(this, (read) =>
    Object.fromEntries<MessageEntry | SessionCase | undefined>(
      waitingOf(read).flatMap(({ id }) => [
        [`${id} first`, read(`transcript:${id}`)?.chunks[0]?.find((entry) => entry.kind === 'message')] as const,
        [`${id} case`, read(`case:${id}`)] as const,
      ]),
    ),
  );
  readonly #rights = new StoreController(this, (read) => read('account')?.rights);
  readonly #commands = new CommandController(this);
  readonly #clock = new ElapsedController(this, () => (this.#waiting.value?.length ?? 0) > 0);
  readonly #countdowns = new Countdowns();
  readonly #told = new Set<string>();
  /** Invitations that the host shows itself. */
  readonly #taken = new Set<string>();
  readonly #attention = new Attention(this);
  /** Those that stood at the last update. */
  #standing: readonly ImSession[] = [];
  #goneTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #focus = new NotificationFocus(this);
  /** The card that was brought into view last. */
  #newest: HTMLElement | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#goneTimer);
    this.gone = undefined;
  }

  /** Here and not in willUpdate, for what is selected from the snapshot is fresh only after that. */
  protected override update(changed: PropertyValues): void {
    this.#follow();
    super.update(changed);
  }

  #follow(): void {
    const sessions = this.#allowed() ? (this.#waiting.value ?? []) : [];
    this.#withdrawn(sessions);
    this.#forget();
    this.#countdowns.keep(sessions.map(({ id }) => id));
    for (const session of sessions) this.#welcome(session);
    const shown = sessions.filter(({ id }) => !this.#taken.has(id));
    for (const session of shown) this.#expire(session);
    this.#attention.follow(
      shown.map((session) => ({ id: session.id, title: this.#origin(session), body: this.#item(session).first?.text ?? '' })),
    );
  }

  /** Sessions that the agent is done with never come back. */
  #forget(): void {
    for (const ids of [this.#told, this.#taken])
      for (const id of ids) if (!this.activeService?.snapshot.get(`session:${id}`)) ids.delete(id);
  }

  /** Without the right to use instant messaging nothing of it is shown. */
  #allowed(): boolean {
    const rights = this.#rights.value;
    return rights === undefined || hasRight(rights, 'im-use');
  }

  /** Says briefly that an invitation that stood here was withdrawn or timed out; what was answered needs no words. */
  #withdrawn(sessions: readonly ImSession[]): void {
    const before = this.#standing;
    this.#standing = sessions;
    for (const { id, peer } of before) {
      if (sessions.some((session) => session.id === id) || this.#taken.has(id)) continue;
      const now = this.activeService?.snapshot.get(`session:${id}`);
      if (!now || !isMissed(now)) continue;
      this.gone = peer.name;
      announce(this.text('notification.gone', { name: peer.name }));
      clearTimeout(this.#goneTimer);
      this.#goneTimer = setTimeout(() => (this.gone = undefined), GONE_FOR);
    }
  }

  /** Escape closes the ways to reject first, then gives the focus back. */
  readonly #handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (this.menu !== undefined) {
      this.menu = undefined;
      (event.target as Element).closest('[part="notification"]')?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
    } else if (!this.#focus.giveBack()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Puts the focus on the newest invitation: for a shortcut of the host's. */
  override focus(): void {
    this.#focus.take();
  }

  /** Tells of a new invitation, once. */
  #welcome(session: ImSession): void {
    const { id, peer, origin } = session;
    this.#countdowns.start(id, this.#showFor(session), this.#clock.now);
    if (this.#told.has(id)) return;
    this.#told.add(id);
    if (!emit(this, 'iminvite', { sessionId: id, party: peer, consultation: origin === 'consultation' })) {
      this.#taken.add(id);
      return;
    }
    announce(
      this.text('notification.announce', { origin: this.#origin(session), text: this.#item(session).first?.text ?? '' }),
      'assertive',
    );
  }

  /** Milliseconds that it shows: the attribute, but never longer than the invitation lives. */
  #showFor({ expiresAt }: ImSession): number {
    const life = expiresAt === undefined ? Infinity : expiresAt - this.#clock.now;
    const wanted = this.notificationTimeout > 0 ? this.notificationTimeout * 1000 : Infinity;
    return Math.min(life, wanted);
  }

  #expire({ id }: ImSession): void {
    if (this.#countdowns.left(id, this.#clock.now) <= 0 && !this.#commands.pending(`accept ${id}`)) this.activeService?.im.dismiss(id);
  }

  #item(session: ImSession): Waiting {
    const details = this.#details.value ?? {};
    return {
      session,
      first: details[`${session.id} first`] as MessageEntry | undefined,
      caseData: details[`${session.id} case`] as SessionCase | undefined,
    };
  }

  #origin({ origin, peer }: ImSession): string {
    return this.text(`im.origin.${origin}`, { name: peer.name });
  }

  #accept(service: SipService, id: string): void {
    this.#focus.letGo();
    void this.#commands.run(`accept ${id}`, async () => {
      await service.im.accept(id);
      service.view.open(id);
      emit(this, 'imaccept', { sessionId: id });
    });
  }

  #reject(service: SipService, id: string, text?: string): void {
    this.menu = undefined;
    void this.#commands.run(`reject ${id}`, async () => {
      await service.im.reject(id, text ? { text } : {});
      emit(this, 'imreject', { sessionId: id });
    });
  }

  /** Who opens the ways to reject may write at once. */
  #handleMenu(id: string): void {
    this.menu = this.menu === id ? undefined : id;
    if (this.menu !== undefined)
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.own-words input')?.focus());
  }

  #show(service: SipService, id: string): void {
    this.#focus.letGo();
    service.im.dismiss(id);
    service.view.open(id);
  }

  override render(): TemplateResult | typeof nothing {
    const service = this.activeService;
    if (!service) return nothing;
    const shown = this.#standing.filter(({ id }) => !this.#taken.has(id));
    return html`<div
      class="stack"
      role="region"
      aria-label=${this.text('notification.region')}
      ?hidden=${!shown.length && this.gone === undefined}
      @keydown=${this.#handleEscape}
    >
      ${
        // Emptied whole where none is left: lit-html 3.3.1 and newer leave a comment behind for each item that `repeat` takes out (lit/lit#5298).
        shown.length
          ? repeat(
              shown,
              ({ id }) => id,
              (session) => this.#renderOne(service, this.#item(session)),
            )
          : nothing
      }
      ${this.gone === undefined ? nothing : html`<p class="card notice gone">${this.text('notification.gone', { name: this.gone })}</p>`}
      ${shown.length ? offers(this, this.#attention) : nothing}
    </div>`;
  }

  #renderOne(service: SipService, item: Waiting): TemplateResult {
    const { id, pending } = item.session;
    const names = [`accept ${id}`, `reject ${id}`] as const;
    return invitationCard(this, {
      ...item,
      origin: this.#origin(item.session),
      left: this.#countdowns.left(id, this.#clock.now),
      whole: this.#countdowns.whole(id),
      busy: pending !== undefined || names.some((name) => this.#commands.pending(name)),
      failure: names.map((name) => this.#commands.failure(name)).find(Boolean)?.code,
      open: this.menu === id,
      replies: this.rejectReplies ?? CANNED.map((key) => this.text(key)),
      onHold: () => this.#countdowns.pause(id, this.#clock.now),
      onRelease: () => this.#countdowns.resume(id, this.#clock.now),
      onAccept: () => this.#accept(service, id),
      onReject: (words) => this.#reject(service, id, words),
      onMenu: () => this.#handleMenu(id),
      onShow: () => this.#show(service, id),
      onDismiss: () => service.im.dismiss(id),
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // A style attribute would be refused by a strict policy; a property of the style is not.
    for (const bar of this.renderRoot.querySelectorAll<HTMLElement>('.bar > span'))
      bar.style.setProperty('--_part', bar.dataset['part'] ?? '1');
    this.#showNewest();
  }

  /** Where the stack is higher than the page the newest card is in view, unless somebody is at another. */
  #showNewest(): void {
    const newest = this.#focus.cards().at(-1);
    if (newest === this.#newest) return;
    this.#newest = newest;
    const stack = newest?.closest('.stack');
    if (stack && !stack.matches(':hover, :focus-within')) stack.scrollTop = stack.scrollHeight;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-notification': ImNotification;
  }
}
