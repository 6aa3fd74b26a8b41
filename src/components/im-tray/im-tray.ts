/** `<im-tray>`: every session of the agent at a glance. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isMissed, isPending, type ImSession, type SipService, type TranscriptEntry } from '../../services/index.js';
import { buttons, pills, presence, surfaces } from '../../styles/index.js';
import { avatar } from '../internal/avatar.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit } from '../internal/events.js';
import { formatElapsed } from '../internal/format.js';
import { RovingFocus } from '../internal/roving-focus.js';
import { StoreController } from '../internal/store-controller.js';
import { trayStyles } from './im-tray.styles.js';
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
 * still be opened and accepted while it lives; a missed one keeps its first message and can be answered with a new session.
 *
 *     <im-tray></im-tray>
 *
 * Keyboard: Arrow keys, Home and End move between sessions; Enter opens one.
 *
 * @fires imopen - The agent opened a session: `{sessionId}`. Bubbles once.
 * @csspart item - One session.
 */
export class ImTray extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, pills, presence, surfaces, trayStyles];
  static override english = [commonWords, sessionWords, trayWords];

  readonly #sessions = new StoreController(this, (read) => (read('sessions') ?? []).flatMap((id) => read(`session:${id}`) ?? []));
  readonly #more = new StoreController(this, (read) => {
    const entries = (read('sessions') ?? []).flatMap((id) => [
      [`${id} typing`, (read(`typing:${id}`)?.length ?? 0) > 0],
      [`${id} first`, firstMessage(read(`transcript:${id}`)?.chunks[0])],
    ]);
    return { ...(Object.fromEntries(entries) as Record<string, unknown>), active: read('activeWindow'), rights: read('account')?.rights };
  });
  readonly #commands = new CommandController(this);
  readonly #clock = new ElapsedController(this, () => this.#sessions.value?.some(isPending) ?? false);

  readonly #roving = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.open')],
    orientation: 'both',
  });

  #open(service: SipService, id: string): void {
    service.view.open(id);
    emit(this, 'imopen', { sessionId: id });
  }

  #reply(service: SipService, session: ImSession): void {
    const { address, name, user } = session.peer;
    void this.#commands.run('reply', async () => {
      const id = service.im.open({ type: 'agent', address, name, user });
      this.#open(service, id);
      await service.im.close(session.id);
    });
  }

  #handleDoneAll(service: SipService): void {
    for (const { id, status } of this.#sessions.value ?? []) {
      if (status !== 'ended') continue;
      service.view.minimise(id);
      void this.#commands.run(`done ${id}`, () => service.im.close(id));
    }
  }

  override render(): TemplateResult | typeof nothing {
    const service = this.activeService;
    const sessions = this.#sessions.value;
    if (!service || !sessions) return this.renderInert();
    const rights = this.#more.value?.['rights'];
    if (Array.isArray(rights) && !rights.includes('im-use')) return nothing;
    const items = sessions.map((session) => this.#item(session));
    return html`<section class="card" aria-label=${this.text('tray.label')}>
      ${
        items.length
          ? html`<div class="items" role="list" @keydown=${this.#roving.handleKeydown} @focusin=${this.#roving.handleFocusin}>
              ${repeat(
                items,
                ({ session }) => session.id,
                (item) => this.#renderItem(service, item),
              )}
            </div>`
          : html`<p class="none">${this.text('tray.empty')}</p>`
      }
      ${
        sessions.some(({ status }) => status === 'ended')
          ? html`<button class="button quiet" type="button" @click=${() => this.#handleDoneAll(service)}>
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
        ${avatar({ name: session.peer.name, locale: this.locale, small: true, type: session.target?.type })}
        <span class="label" dir="auto">${session.peer.user || session.peer.name}</span
        ><span class="visually-hidden">, ${this.#label(item, waited)}</span>${this.#renderMark(item, waited)}
      </button>
      ${missed ? this.#renderMissed(service, item) : nothing}
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
    if (isPending(session))
      return html`<span class="elapsed small" aria-hidden="true">${formatElapsed(waited)}</span
        ><span class="badge" aria-hidden="true">!</span>`;
    if (session.unread) return html`<span class="badge" aria-hidden="true">${session.unread}</span>`;
    if (typing) return html`<span class="muted" aria-hidden="true">…</span>`;
    return session.status === 'connected' ? html`` : html`<span class="muted small" aria-hidden="true">${this.#state(session)}</span>`;
  }

  #renderMissed(service: SipService, { session, first }: TrayItem): TemplateResult {
    return html`<span class="words" dir="auto">${first?.kind === 'message' ? first.text : ''}</span>
      <button class="button" type="button" @click=${() => this.#reply(service, session)}>${this.text('tray.reply')}</button>`;
  }
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
