/** `<im-window>`: one session whole: who, how it stands, the transcript, End IM and Done. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { hasRight, isPending, type ImSession, type SipService } from '../../services/index.js';
import { buttons, pills, presence, surfaces, tabs } from '../../styles/index.js';
import { avatar, peerType } from '../internal/avatar.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit, type DesksideEvent } from '../internal/events.js';
import { formatElapsed } from '../internal/format.js';
import { minimiseIcon } from '../internal/icons.js';
import { PresenceWatch } from '../internal/presence-watch.js';
import { RovingFocus } from '../internal/roving-focus.js';
import { sameSelection, StoreController } from '../internal/store-controller.js';
import { notices, type WindowCommand } from './notices.js';
import { windowStyles } from './im-window.styles.js';
import { caseWords } from '../internal/strings/en/case.js';
import { commonWords } from '../internal/strings/en/common.js';
import { presenceWords } from '../internal/strings/en/presence.js';
import { sessionWords } from '../internal/strings/en/session.js';
import { trayWords } from '../internal/strings/en/tray.js';

/** Milliseconds that End IM waits for the switch before the agent may close without its answer. */
const PATIENCE = 3000;

/** Elements in which a person opens a window; what is typed anywhere else keeps the focus. */
const OPENERS = /^(?:team-communicator|im-tray|im-notification)$/;

/** Whether a person has just opened this, as far as the focus tells: it is in one of the openers, or nowhere after a click. */
function openedByPerson(page: Document): boolean {
  const { activeElement: active, body } = page;
  if (active && active !== body) return OPENERS.test(active.localName);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- not every browser has it
  return navigator.userActivation?.isActive ?? false;
}

/** Look of the status pill. */
const PILLS: Readonly<Record<ImSession['status'], string>> = {
  'not-connected': '',
  establishing: 'warning',
  connected: 'ready',
  ended: '',
};

/** Whether only the count of unread lines changed, which the window does not show: it goes up and down with each text that comes. */
function onlyCounted<T extends { readonly session: ImSession | undefined }>(next: T, before: T): boolean {
  return (
    sameSelection({ ...next, session: undefined }, { ...before, session: undefined }) &&
    sameSelection({ ...next.session, unread: 0 }, { ...before.session, unread: 0 })
  );
}

/**
 * The window of one session. Without `session-id` it shows the session that was opened last in this tab.
 *
 *     <im-window></im-window>
 *     <im-window session-id="…"><case-panel slot="case" session-id="…"></case-panel></im-window>
 *
 * Keyboard: Tab goes from the header to the lines and to the message box, whose keys are those of `<im-transcript>`; where the case is a tab,
 * Arrow keys change to it. A session that a person opens or accepts has the focus in its message box; one that others begin
 * takes none.
 *
 * @slot case - The case of a consultation: at the side from 560 px, below that a tab.
 * @fires imdone - The agent closed the window with Done: `{sessionId}`. Bubbles once.
 * @csspart window - All of it.
 * @csspart header - Name, status and actions.
 * @csspart status - The status word.
 * @csspart parties - Who is connected, where there are two or more.
 */
export class ImWindow extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, pills, presence, surfaces, tabs, windowStyles];
  static override english = [caseWords, commonWords, presenceWords, sessionWords, trayWords];

  /** Session that is shown; the active one of this tab where left out. */
  @property({ attribute: 'session-id' }) sessionId: string | undefined;

  /** Whether End IM asks first. */
  @property({ type: Boolean, attribute: 'ask-before-end' }) askBeforeEnd = false;

  /** Leaves the case out: what stands around the window shows it already. */
  @property({ type: Boolean, attribute: 'without-case' }) withoutCase = false;

  /** Texts that the host offers for quick replies. */
  @property({ attribute: false }) quickReplies: readonly string[] = [];

  /** Handed to the transcript: its `export` (`copy`, `download`, `log`). */
  @property() export: string | undefined;

  @state() private onCase = false;
  @state() private asking = false;
  @state() private hasCase = false;
  /** End IM waits for the switch longer than it should: then the agent may close without its answer. */
  @state() private stuck = false;

  readonly #slices = new StoreController(
    this,
    (read) => {
      const id = this.sessionId ?? read('activeWindow') ?? '';
      const session = read(`session:${id}`);
      const state = session && read(`presence:${session.peer.address}`)?.state;
      const inTab = read('windows')?.includes(id) ?? false;
      return { id, session, inTab, rights: read('account')?.rights, presence: state === 'unknown' ? undefined : state };
    },
    onlyCounted,
  );
  readonly #commands = new CommandController<WindowCommand>(this);
  readonly #clock = new ElapsedController(this, () => this.#slices.value?.session?.status === 'connected');

  readonly #watch = new PresenceWatch(this);
  readonly #tabs = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.tab')],
    chosen: () => this.renderRoot.querySelector<HTMLElement>('.tab[aria-selected="true"]') ?? undefined,
    onMove: (item) => (this.onCase = item.matches(':last-child')),
    orientation: 'horizontal',
    wrap: true,
  });

  /** Session that was shown last. */
  #current: string | undefined;
  #stuckTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('imopen', this.#handleOpen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('imopen', this.#handleOpen);
    clearTimeout(this.#stuckTimer);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const session = this.#slices.value?.session;
    this.toggleAttribute('data-bare', !this.activeService || !session);
    this.#watchEnding(session?.pending === 'ending');
    this.#watchPeer(session);
    if (!session || session.id === this.#current) return;
    this.#current = session.id;
    this.asking = false;
    if (session.status !== 'ended' && !isPending(session) && openedByPerson(this.ownerDocument)) this.focus();
  }

  /** While the session lives, the header keeps up with the other one; queues and groups have no presence. */
  #watchPeer(session: ImSession | undefined): void {
    if (!this.activeService) return;
    const watched = session && session.status !== 'ended' && (session.target?.type ?? 'agent') === 'agent';
    this.#watch.watch(this.activeService, watched ? [session.peer.address] : []);
  }

  #watchEnding(ending: boolean): void {
    if (ending === (this.#stuckTimer !== undefined)) return;
    clearTimeout(this.#stuckTimer);
    this.#stuckTimer = ending ? setTimeout(() => (this.stuck = true), PATIENCE) : undefined;
    this.stuck = false;
  }

  /** Puts the focus into the message box. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('im-transcript')?.focus();
  }

  #run(name: WindowCommand, command: (service: SipService, id: string) => Promise<void>): void {
    const { activeService: service } = this;
    const id = this.#slices.value?.id;
    if (service && id) void this.#commands.run(name, () => command(service, id));
  }

  readonly #handleCommand = (name: 'accept' | 'reject' | 'page'): void =>
    this.#run(name, ({ im }, id) => {
      if (name === 'page') return im.goOnInSingleMessages(id);
      return name === 'accept' ? im.accept(id) : im.reject(id);
    });

  readonly #handleEnd = (): void => {
    if (this.askBeforeEnd && !this.asking && this.#slices.value?.session?.status === 'connected') {
      this.asking = true;
      return;
    }
    this.asking = false;
    this.#run('end', (service, id) => service.im.end(id));
  };

  readonly #handleDone = (): void => {
    const { activeService: service } = this;
    this.asking = false;
    const id = this.#slices.value?.id;
    if (!service || !id) return;
    emit(this, 'imdone', { sessionId: id });
    service.view.minimise(id);
    void this.#commands.run('done', () => service.im.close(id));
  };

  readonly #handleMinimise = (): void => {
    const id = this.#slices.value?.id;
    if (id) this.activeService?.view.minimise(id);
  };

  /** Somebody asked for this session in the tray: it comes into view, and what is written now goes into its box. */
  readonly #handleOpen = (event: Event): void => {
    const { sessionId } = (event as DesksideEvent<'imopen'>).detail;
    if ((this.sessionId ?? sessionId) !== sessionId || !this.activeService?.snapshot.get(`session:${sessionId}`)) return;
    this.scrollIntoView({ block: 'nearest' });
    this.focus();
  };

  readonly #handleCaseSlot = (event: Event): void => {
    this.hasCase = (event.target as HTMLSlotElement).assignedElements().length > 0;
  };

  override render(): TemplateResult | typeof nothing {
    const slices = this.#slices.value;
    if (!this.activeService || !slices) return this.renderInert();
    const { session, rights } = slices;
    if (rights && !hasRight(rights, 'im-use')) return nothing;
    if (!session) return html`<p class="card empty">${this.text('tray.empty')}</p>`;
    const withCase = !this.withoutCase && (this.hasCase || session.interaction !== undefined);
    const classes = `card ${withCase ? 'has-case' : ''} ${this.onCase ? 'on-case' : ''}`;
    return html`<section class=${classes} part="window" aria-label=${this.text('im.window', { name: session.peer.name })}>
      ${this.#renderHeader(session)} ${this.#renderParties(session)} ${this.#renderTabs()}
      <div class="content">
        <im-transcript
          .service=${this.activeService}
          .strings=${this.strings}
          .quickReplies=${this.quickReplies}
          .export=${this.export}
          session-id=${session.id}
        ></im-transcript>
        <div class="side" ?hidden=${!withCase}>
          <slot name="case" @slotchange=${this.#handleCaseSlot}>${session.interaction ? this.#renderCase(session) : nothing}</slot>
        </div>
      </div>
      ${this.#renderNotices(session)}
    </section>`;
  }

  #renderHeader(session: ImSession): TemplateResult {
    const { peer, origin, status } = session;
    const kind = this.text(origin === 'consultation' ? 'im.consultation' : 'im.internal');
    const about = [kind, peer.user].filter(Boolean).join(' · ');
    const presence = this.#slices.value?.presence;
    return html`<header class="header" part="header">
      ${avatar({ name: peer.name, locale: this.locale, state: presence, type: peerType(session) })}
      <div class="about">
        <div class="name" dir="auto" title=${peer.name}>${peer.name}</div>
        ${presence ? html`<span class="visually-hidden">${this.text(`presence.${presence}`)}</span>` : nothing}
        <div class="sub" title=${about}><span class="kind" dir="auto">${about}</span>${this.#renderElapsed(session)}</div>
      </div>
      <div class="actions">
        <span class="pill ${PILLS[status]}" part="status" role="status">${this.text(`status.${status}`)}</span
        >${this.#renderAction(session)}${this.#renderMinimise()}
      </div>
    </header>`;
  }

  /** Everybody connected, where the header's one name does not say it. */
  #renderParties({ parties }: ImSession): TemplateResult | typeof nothing {
    if (parties.length < 2) return nothing;
    return html`<ul class="parties" part="parties" aria-label=${this.text('im.parties')}>
      ${parties.map((party) => html`<li title=${party.user}>${avatar({ name: party.name, locale: this.locale, small: true })}<span dir="auto">${party.name}</span></li>`)}
    </ul>`;
  }

  #renderElapsed(session: ImSession): TemplateResult | typeof nothing {
    if (session.connectedAt === undefined) return nothing;
    const time = formatElapsed((session.endedAt ?? this.#clock.now) - session.connectedAt);
    return html`<span> · </span><span class="elapsed" title=${this.text('time.elapsed', { time })}>${time}</span>`;
  }

  /** One button, so that the focus stays on it: End IM while something is alive, Done when nothing is. An invitation of another has its own two. */
  #renderAction(session: ImSession): TemplateResult | typeof nothing {
    if (isPending(session)) return nothing;
    const over = session.status === 'not-connected' || session.status === 'ended';
    const mayEnd = session.status !== 'connected' || hasRight(this.#slices.value?.rights ?? [], 'im-release');
    const busy = !over && (session.pending !== undefined || this.#commands.pending('end'));
    return html`<button
      class="button ${over ? '' : 'danger'}"
      type="button"
      ?disabled=${!mayEnd}
      title=${this.#endTitle(session, mayEnd)}
      aria-busy=${busy ? 'true' : 'false'}
      @click=${over ? this.#handleDone : this.#handleEnd}
    >
      ${this.text(over ? 'im.done' : 'im.end')}
    </button>`;
  }

  /** Only of a window that this tab opened: where the page shows the session in a place of its own, that stays. */
  #renderMinimise(): TemplateResult | typeof nothing {
    if (!this.#slices.value?.inTab) return nothing;
    const words = this.text('im.minimise');
    return html`<button class="icon-button" type="button" aria-label=${words} title=${words} @click=${this.#handleMinimise}>
      ${minimiseIcon()}
    </button>`;
  }

  #endTitle({ status }: ImSession, mayEnd: boolean): string {
    if (!mayEnd) return this.text('error.not-allowed');
    return status === 'establishing' ? this.text('im.cancel-invitation') : '';
  }

  #renderTabs(): TemplateResult {
    const tab = (onCase: boolean, words: string): TemplateResult =>
      html`<button
        class="tab"
        type="button"
        role="tab"
        aria-selected=${this.onCase === onCase ? 'true' : 'false'}
        @click=${() => (this.onCase = onCase)}
      >
        ${words}
      </button>`;
    return html`<div class="tabs" role="tablist" @keydown=${this.#tabs.handleKeydown}>
      ${tab(false, this.text('case.conversation-tab'))}${tab(true, this.text('case.tab'))}
    </div>`;
  }

  #renderNotices(session: ImSession): unknown {
    return notices(this, {
      session,
      commands: this.#commands,
      asking: this.asking,
      stuck: this.stuck,
      onCommand: this.#handleCommand,
      onEnd: this.#handleEnd,
      onKeep: () => (this.asking = false),
      onDone: this.#handleDone,
    });
  }

  /** The case as it came with the invitation, unless the host puts something of its own there. */
  #renderCase(session: ImSession): TemplateResult {
    return html`<case-panel .service=${this.activeService} .strings=${this.strings} session-id=${session.id}></case-panel>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-window': ImWindow;
  }
}
