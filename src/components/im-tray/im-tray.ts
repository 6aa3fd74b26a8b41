/** `<im-tray>`: every session of the agent at a glance. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isAlive, isMissed, isPending, type ImSession, type SipService, type TranscriptEntry } from '../../services/index.js';
import { buttons, fields, pills, presence, surfaces } from '../../styles/index.js';
import { avatar, peerType } from '../internal/avatar.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit } from '../internal/events.js';
import { formatElapsed, formatFull, formatTime } from '../internal/format.js';
import { closeIcon } from '../internal/icons.js';
import { RovingFocus } from '../internal/roving-focus.js';
import { StoreController } from '../internal/store-controller.js';
import { trayStyles } from './im-tray.styles.js';
import { callEntry } from './tray-call.templates.js';
import { commonWords } from '../internal/strings/en/common.js';
import { sessionWords } from '../internal/strings/en/session.js';
import { trayWords } from '../internal/strings/en/tray.js';

/** Milliseconds after which a pending invitation is coloured as waiting long. */
const LATE = 20_000;

/** One session as the tray sees it. */
interface TrayItem {
  readonly session: ImSession;
  readonly typing: boolean;
  readonly first: TranscriptEntry | undefined;
}

/**
 * Pending, open, missed and ended sessions, with unread counts. A pending invitation stays here after its notification went away, and can
 * still be opened and accepted while it lives; a missed one keeps its first message, can be answered with a new session, and does not go with
 * "Done all ended" before it was opened.
 *
 *     <im-tray></im-tray>
 *
 * Keyboard: one stop of the Tab key; Arrow keys, Home and End move between sessions and their buttons; Enter opens a session.
 *
 * Calls that are not over stand behind the sessions; pressing one brings its controls into view.
 *
 * @fires callopen - The agent asks to see a call: `{callId}`. Bubbles once.
 * @fires imopen - The agent opened a session: `{sessionId}`. Bubbles once.
 * @fires imaccept - Accepted here: `{sessionId}`. Bubbles once.
 * @fires imdone - The agent was done with a session here: `{sessionId}`. Bubbles once.
 * @csspart item - One session.
 */
export class ImTray extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, pills, presence, surfaces, trayStyles];
  static override english = [commonWords, sessionWords, trayWords];

  readonly #sessions = new StoreController(this, (read) => (read('sessions') ?? []).flatMap((id) => read(`session:${id}`) ?? []));
  readonly #more = new StoreController(this, (read) => {
    const entries = (read('sessions') ?? []).flatMap((id) => [
      [`${id} typing`, (read(`typing:${id}`)?.length ?? 0) > 0],
      [`${id} first`, firstMessage(read(`transcript:${id}`)?.chunks[0])],
    ]);
    return { ...(Object.fromEntries(entries) as Record<string, unknown>), active: read('activeWindow'), rights: read('account')?.rights };
  });
  readonly #calls = new StoreController(this, (read) =>
    (read('calls') ?? []).flatMap((id) => {
      const call = read(`call:${id}`);
      return isAlive(call) ? [call] : [];
    }),
  );
  readonly #commands = new CommandController(this);
  readonly #clock = new ElapsedController(
    this,
    () => (this.#sessions.value?.some(isPending) ?? false) || (this.#calls.value?.length ?? 0) > 0,
  );

  readonly #roving = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.open, .act')],
    orientation: 'both',
  });

  #open(service: SipService, id: string): void {
    service.view.open(id);
    emit(this, 'imopen', { sessionId: id });
  }

  #accept(service: SipService, id: string): void {
    void this.#commands.run(`accept ${id}`, async () => {
      await service.im.accept(id);
      this.#open(service, id);
      emit(this, 'imaccept', { sessionId: id });
    });
  }

  #done(service: SipService, id: string): void {
    void this.#commands.run(`done ${id}`, async () => {
      await service.im.close(id);
      emit(this, 'imdone', { sessionId: id });
    });
  }

  /** A new session with who was missed; the entry goes once that is open. */
  #reply(service: SipService, session: ImSession): void {
    const { address, name, user } = session.peer;
    void this.#commands.run(`reply ${session.id}`, async () => {
      const id = service.im.open({ type: 'agent', address, name, user });
      this.#open(service, id);
      await service.im.close(session.id);
    });
  }

  #handleDoneAll(service: SipService): void {
    for (const session of this.#sessions.value ?? []) if (isFinished(session)) this.#done(service, session.id);
  }

  override render(): TemplateResult | typeof nothing {
    const service = this.activeService;
    const sessions = this.#sessions.value;
    if (!service || !sessions) return this.renderInert();
    const rights = this.#more.value?.['rights'];
    const calls = this.#calls.value ?? [];
    if (Array.isArray(rights) && !rights.includes('im-use') && !calls.length) return nothing;
    const items = sessions.map((session) => this.#item(session));
    return html`<section class="card" aria-label=${this.text('tray.label')}>
      ${
        items.length + calls.length
          ? html`<div class="items" role="list" @keydown=${this.#roving.handleKeydown} @focusin=${this.#roving.handleFocusin}>
              ${repeat(
                items,
                ({ session }) => session.id,
                (item) => this.#renderItem(service, item),
              )}${calls.map((call) => callEntry(this, call, this.#clock.now, () => emit(this, 'callopen', { callId: call.id })))}
            </div>`
          : html`<p class="none">${this.text('tray.empty')}</p>`
      }
      ${
        sessions.some(isFinished)
          ? html`<button class="link-button all" type="button" @click=${() => this.#handleDoneAll(service)}>
              ${this.text('tray.done-all')}
            </button>`
          : nothing
      }
    </section>`;
  }

  #item(session: ImSession): TrayItem {
    const more: Readonly<Record<string, unknown>> = this.#more.value ?? {};
    return { session, typing: more[`${session.id} typing`] === true, first: more[`${session.id} first`] as TranscriptEntry | undefined };
  }

  #renderItem(service: SipService, item: TrayItem): TemplateResult {
    const { session } = item;
    const missed = isMissed(session);
    const waited = isPending(session) ? this.#clock.now - session.openedAt : 0;
    const state = isPending(session) ? `pending ${waited > LATE ? 'late' : ''}` : session.status;
    const active = this.#more.value?.['active'] === session.id ? 'active' : '';
    return html`<div class="item ${missed ? 'missed' : ''} ${state} ${active}" part="item" role="listitem">
      <button class="open" type="button" title=${session.peer.name} @click=${() => this.#open(service, session.id)}>
        ${avatar({ name: session.peer.name, locale: this.locale, small: true, type: peerType(session) })}
        <span class="label" dir="auto">${session.peer.user || session.peer.name}</span
        ><span class="visually-hidden">, ${this.#label(item, waited)}</span>${this.#renderMark(item, waited)}
      </button>
      ${missed ? this.#renderMissed(item) : nothing} ${this.#renderActions(service, session)} ${this.#renderFailure(session.id)}
    </div>`;
  }

  /** What a screen reader says of an entry. */
  #label({ session, typing }: TrayItem, waited: number): string {
    const parts = [this.text('tray.open', { name: session.peer.name }), this.#state(session)];
    if (session.unread) parts.push(this.text('tray.unread', { count: session.unread }));
    if (waited) parts.push(this.text('tray.waiting', { time: formatElapsed(waited) }));
    if (typing) parts.push(this.text('transcript.typing', { name: session.peer.name }));
    return parts.join(', ');
  }

  #state(session: ImSession): string {
    if (isMissed(session)) return this.text('tray.missed');
    return isPending(session) ? this.text('tray.pending') : this.text(`status.${session.status}`);
  }

  #renderMark({ session, typing }: TrayItem, waited: number): TemplateResult {
    const dots = typing ? html`<span class="muted small" aria-hidden="true">${this.text('tray.typing')}</span>` : nothing;
    if (isPending(session))
      return html`<span class="elapsed small" aria-hidden="true">${formatElapsed(waited)}</span
        ><span class="badge" aria-hidden="true">!</span>`;
    if (session.unread && !isMissed(session)) return html`${dots}<span class="badge" aria-hidden="true">${session.unread}</span>`;
    if (typing) return html`${dots}`;
    return session.status === 'connected' ? html`` : html`<span class="muted small" aria-hidden="true">${this.#state(session)}</span>`;
  }

  /** What was missed, and when. */
  #renderMissed({ session, first }: TrayItem): TemplateResult {
    const words = first?.kind === 'message' ? first.text : '';
    return html`<span class="words" dir="auto" title=${words}>${words}</span>
      <time class="muted small" title=${formatFull(session.openedAt, this.locale)}>${formatTime(session.openedAt, this.locale)}</time>`;
  }

  /** Accept what waits, answer what was missed, be done with what is over. */
  #renderActions(service: SipService, session: ImSession): TemplateResult | typeof nothing {
    const { id, peer } = session;
    const busy = (name: string): string => (this.#commands.pending(`${name} ${id}`) ? 'true' : 'false');
    if (isPending(session))
      return html`<button
        class="button primary narrow act"
        type="button"
        aria-label=${this.text('tray.accept', { name: peer.name })}
        aria-busy=${session.pending === 'accepting' ? 'true' : busy('accept')}
        @click=${() => this.#accept(service, id)}
      >
        ${this.text('im.accept')}
      </button>`;
    if (session.status !== 'ended') return nothing;
    const done = this.text('tray.done', { name: peer.name });
    return html`${isMissed(session) ? this.#renderReply(service, session) : nothing}<button
        class="icon-button act"
        type="button"
        aria-label=${done}
        title=${done}
        aria-busy=${busy('done')}
        @click=${() => this.#done(service, id)}
      >
        ${closeIcon()}
      </button>`;
  }

  #renderReply(service: SipService, session: ImSession): TemplateResult {
    const rights = this.#more.value?.['rights'];
    const may = !Array.isArray(rights) || rights.includes('im-make');
    return html`<button
      class="button narrow act"
      type="button"
      aria-label=${this.text('tray.reply-to', { name: session.peer.name })}
      aria-disabled=${may ? 'false' : 'true'}
      title=${may ? '' : this.text('error.not-allowed')}
      aria-busy=${this.#commands.pending(`reply ${session.id}`) ? 'true' : 'false'}
      @click=${() => may && this.#reply(service, session)}
    >
      ${this.text('tray.reply')}
    </button>`;
  }

  #renderFailure(id: string): TemplateResult | typeof nothing {
    const failure = ['accept', 'done', 'reply'].map((name) => this.#commands.failure(`${name} ${id}`)).find(Boolean);
    return failure ? html`<span class="field-note error" role="alert">${this.text(`error.${failure.code}`)}</span>` : nothing;
  }
}

/** Over, with nothing left in it that the agent has not seen: what was missed does not go unread with the rest. */
function isFinished(session: ImSession): boolean {
  return session.status === 'ended' && !(isMissed(session) && session.unread > 0);
}

/** The first line that somebody wrote. */
function firstMessage(chunk: readonly TranscriptEntry[] | undefined): TranscriptEntry | undefined {
  return chunk?.find((entry) => entry.kind === 'message');
}

declare global {
  interface HTMLElementTagNameMap {
    'im-tray': ImTray;
  }
}
