/** `<im-transcript>`: one session's lines, and the box to write the next. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { EMPTY_TRANSCRIPT, hasRight, type ImSession, type SipService, type Transcript } from '../../services/index.js';
import { buttons, fields, pills, surfaces } from '../../styles/index.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { sameSelection, StoreController } from '../internal/store-controller.js';
import { ZoomController } from '../internal/zoom.js';
import { floating } from '../internal/popover.js';
import { Composer, grow, matchingReplies } from './composer.js';
import { composerBox } from './composer.templates.js';
import { composerStyles, transcriptStyles } from './im-transcript.styles.js';
import { isSendKey, moveAmongLines } from './line-keys.js';
import { sections, type LineContext } from './lines.js';
import { Takeout } from './takeout.js';
import { toolsRow } from './tools.js';
import { Unseen } from './unseen.js';
import { announceLines, blockedWords, hintWords, typingWords } from './words.js';
import { commonWords } from '../internal/strings/en/common.js';
import { sessionWords } from '../internal/strings/en/session.js';
import { transcriptWords } from '../internal/strings/en/transcript.js';

/** Pixels from the end that still count as being at the end. */
const AT_END = 24;

/** Whether only lines that stand there changed: sent, delivered and read come within milliseconds, while the peer's page is about to draw the line. */
function onlyReceipts<T extends { readonly transcript: Transcript }>(next: T, before: T): boolean {
  return sameSelection({ ...next, transcript: next.transcript.count }, { ...before, transcript: before.transcript.count });
}

/**
 * The transcript of one session and its message box. Lines are drawn chunk by chunk, so the ten-thousandth costs what the first did; the
 * view sticks to the newest only while it is there; it is no live region, new lines of the peer are announced apart.
 *
 *     <im-transcript session-id="…"></im-transcript>
 *
 * Keyboard: Enter sends, Shift+Enter breaks the line; in the lines Arrow keys, Home and End move from line to line; Ctrl with +, − and 0 zooms.
 *
 * @fires imsend - Before a text is sent: `{sessionId, text}`. Bubbles, cancelable: the host sends it itself.
 * @fires zoomchange - The text zoom changed: `{zoom}` in percent. Does not bubble.
 * @csspart lines - The scrolling lines.
 * @csspart composer - The message box with its button.
 */
export class ImTranscript extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, floating, pills, surfaces, transcriptStyles, composerStyles];
  static override english = [commonWords, sessionWords, transcriptWords];

  /** Session that is shown. */
  @property({ attribute: 'session-id' }) sessionId: string | undefined;

  /** Texts that the host offers for quick replies. */
  @property({ attribute: false }) quickReplies: readonly string[] = [];

  /** What the host lets agents take out who have the right `transcript-export`: any of `copy`, `download`, `log`. Nothing where left out. */
  @property() export: string | undefined;

  @state() private atEnd = true;

  readonly #slices = new StoreController(
    this,
    (read) => {
      const id = this.sessionId ?? '';
      return {
        session: read(`session:${id}`),
        transcript: read(`transcript:${id}`) ?? EMPTY_TRANSCRIPT,
        typing: read(`typing:${id}`),
        connection: read('connection')?.status,
        rights: read('account')?.rights,
      };
    },
    onlyReceipts,
  );
  readonly #commands = new CommandController<'retry'>(this);
  readonly #composer = new Composer(this);
  /** Who is at the end stays there when the box grows or shrinks; what comes back into view is seen. */
  readonly #size = new ResizeObserver(() => {
    if (this.atEnd) this.#scrollToEnd();
    this.#handleSeen();
  });
  /** Known by reference: a search of the tree would walk through every line before it comes to the box. */
  readonly #linesRef = createRef<HTMLElement>();
  readonly #boxRef = createRef<HTMLTextAreaElement>();
  readonly #unseen = new Unseen();
  #frame: number | undefined;
  /** Where the lines were scrolled to last, px. */
  #top = 0;

  readonly #zoom = new ZoomController(this);
  readonly #takeout = new Takeout(this, () => ({ ...this.#slices.value, allowed: this.export }));

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('visibilitychange', this.#handleSeen);
    this.addEventListener('focusin', this.#handleSeen);
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('visibilitychange', this.#handleSeen);
    this.removeEventListener('focusin', this.#handleSeen);
    this.#size.disconnect();
  }

  /** Puts the focus into the message box. */
  override focus(): void {
    const box = this.#box();
    if (box) box.focus();
    else void this.updateComplete.then(() => this.#box()?.focus());
  }

  /** Here and not in willUpdate, for what is selected from the snapshot is fresh only after that. */
  protected override update(changed: PropertyValues): void {
    this.#follow();
    super.update(changed);
  }

  #follow(): void {
    const slices = this.#slices.value;
    if (!slices) return;
    const { session, transcript } = slices;
    if (this.#unseen.shown !== this.sessionId) {
      this.#unseen.begin(this.sessionId, transcript, session?.unread ?? 0);
      this.atEnd = true;
    } else this.#arrived(transcript, session);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const box = this.#box();
    if (box && this.#unseen.shown !== box.dataset['session']) {
      box.dataset['session'] = this.#unseen.shown ?? '';
      box.value = (this.sessionId && this.activeService?.snapshot.get(`draft:${this.sessionId}`)) || '';
    }
    if (box) grow(box);
    if (this.#frame === undefined) this.#frame = requestAnimationFrame(this.#handleFrame);
  }

  #box(): HTMLTextAreaElement | undefined {
    return this.#boxRef.value;
  }

  #lines(): HTMLElement | undefined {
    return this.#linesRef.value;
  }

  /** New lines: marks the first one nobody looks at, and says those of others. */
  #arrived(transcript: Transcript, session: ImSession | undefined): void {
    const fresh = this.#unseen.fresh(transcript);
    if (!fresh.length) return;
    if (fresh.some((entry) => entry.kind === 'message' && entry.own)) {
      this.#unseen.clear();
      this.atEnd = true;
    }
    // Told before it is drawn, so that no count flashes up and nothing is drawn twice.
    if (this.#looking()) this.#handleSeen();
    else this.#unseen.missed(fresh);
    announceLines(this, fresh, session);
  }

  /** Whether a person sees the newest lines now. */
  #looking(): boolean {
    return this.atEnd && this.checkVisibility() && this.ownerDocument.visibilityState === 'visible' && this.ownerDocument.hasFocus();
  }

  #scrollToEnd(): void {
    const lines = this.#lines();
    if (!lines) return;
    lines.scrollTop = lines.scrollHeight;
    this.#top = lines.scrollTop;
  }

  readonly #handleSeen = (): void => {
    const session = this.#slices.value?.session;
    if (!session || !this.#looking()) return;
    this.#unseen.look();
    if (session.unread && session.status !== 'establishing') this.activeService?.im.read(session.id);
  };

  /** Scrolling lays the page out: once a frame, after all that changed in it. What the frame shows is seen. */
  readonly #handleFrame = (): void => {
    this.#frame = undefined;
    if (this.atEnd) this.#scrollToEnd();
    this.#handleSeen();
  };

  readonly #handleScroll = (): void => {
    const lines = this.#lines();
    if (!lines) return;
    const up = lines.scrollTop < this.#top;
    this.#top = lines.scrollTop;
    const left = lines.scrollHeight - lines.scrollTop - lines.clientHeight;
    // Only a person goes up. What stands above may turn out to be higher than it was thought to be: that is no reason to leave the end.
    this.atEnd = left <= AT_END || (this.atEnd && !up);
    if (!this.atEnd) return;
    if (left > AT_END) this.#scrollToEnd();
    this.#handleSeen();
  };

  readonly #handleJump = (): void => {
    this.atEnd = true;
    this.#scrollToEnd();
  };

  readonly #handleRetry = (messageId: string): void => {
    const { activeService: service, sessionId } = this;
    if (service && sessionId) void this.#commands.run('retry', () => service.im.retry(sessionId, messageId));
  };

  readonly #handleLineKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') return this.#takeout.copyLine(event);
    moveAmongLines(this.renderRoot, event);
  };

  readonly #handleInput = (event: Event): void => {
    const { activeService: service } = this;
    const session = this.#slices.value?.session;
    if (!service || !session) return;
    this.#composer.typed(service, session, (event.target as HTMLTextAreaElement).value);
    this.requestUpdate();
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    const box = this.#box();
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a page may set anything
    const reply = box?.value.startsWith('/') ? matchingReplies(this.quickReplies ?? [], box.value)[0] : undefined;
    if (reply === undefined) this.#handleSend();
    else this.#handleReply(reply);
  };

  readonly #handleSend = (): void => {
    const { activeService: service } = this;
    const session = this.#slices.value?.session;
    const box = this.#box();
    if (!service || !session || !box || blockedWords(this, session, this.#slices.value.rights) !== undefined) return;
    if (this.#composer.send(service, session, box.value)) box.value = '';
    box.focus();
    this.requestUpdate();
  };

  readonly #handleReply = (text: string): void => {
    const box = this.#box();
    if (!box) return;
    // What was typed after "/" looked for a reply and gives way to it.
    if (box.value.startsWith('/')) box.select();
    box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
    box.dispatchEvent(new Event('input'));
    box.focus();
  };

  override render(): TemplateResult | typeof nothing {
    const service = this.activeService;
    const slices = this.#slices.value;
    if (!service || !slices) return this.renderInert();
    const { session, transcript, rights } = slices;
    if (rights && !hasRight(rights, 'im-use')) return nothing;
    if (!session) return html`<p class="empty muted welcome">${this.text('state.empty')}</p>`;
    return html`
      <div class="view">
        <div
          ${ref(this.#linesRef)}
          class="lines"
          part="lines"
          role=${transcript.count ? 'list' : 'group'}
          tabindex="0"
          aria-label=${this.text('transcript.label', { name: session.peer.name })}
          @scroll=${this.#handleScroll}
          @keydown=${this.#handleLineKey}
        >
          ${session.status === 'not-connected' ? html`<p class="welcome">${this.text('im.welcome')}</p>` : nothing}
          ${this.#renderLines(session, transcript)}
        </div>
        ${this.atEnd ? nothing : this.#renderJump()}
      </div>
      ${this.#renderTools()} ${this.#renderComposer(service, session)}
    `;
  }

  #renderLines(session: ImSession, { chunks }: Transcript): TemplateResult[] {
    const context: LineContext = {
      element: this,
      unreadFrom: this.#unseen.from,
      unread: this.#unseen.count,
      peer: session.peer.name,
      incoming: session.direction === 'incoming',
      retry: session.status === 'ended' ? undefined : this.#handleRetry,
    };
    return sections(context, chunks);
  }

  #renderJump(): TemplateResult {
    const count = this.#unseen.waiting;
    const words = count ? this.text('transcript.jump', { count }) : this.text('transcript.jump-plain');
    return html`<button class="button jump" type="button" @click=${this.#handleJump}>${words}</button>`;
  }

  #renderComposer(service: SipService, session: ImSession): TemplateResult | typeof nothing {
    if (session.direction === 'incoming' && session.status === 'establishing') return nothing;
    const draft = service.snapshot.get(`draft:${session.id}`) ?? '';
    return composerBox(this, {
      box: this.#boxRef,
      blocked: blockedWords(this, session, this.#slices.value?.rights),
      hint: hintWords(this, session, this.#slices.value?.connection),
      failure: this.#composer.failure,
      left: this.#composer.left(draft),
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a page may set anything
      replies: matchingReplies(this.quickReplies ?? [], draft),
      onInput: this.#handleInput,
      onKey: this.#handleKey,
      onSend: this.#handleSend,
      onReply: this.#handleReply,
    });
  }

  #renderTools(): TemplateResult {
    return toolsRow(this, {
      typing: typingWords(this, this.#slices.value?.typing ?? []),
      zoom: this.#zoom,
      takeout: this.#takeout,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'im-transcript': ImTranscript;
  }
}
