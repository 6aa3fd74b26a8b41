/** `<case-panel>`: what the customer's case is about, who the contact is, and what was before. Read-only. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  askContact,
  askHistory,
  hasRight,
  openRecord,
  shareCase,
  type CaseEntry,
  type Contact,
  type HistoryItem,
  problemWords,
  readInteraction,
  type HostAdapter,
  type Interaction,
  type Page,
  type SessionCase,
  type SipService,
} from '../../services/index.js';
import { buttons, fields, pills, rows, surfaces, tabs } from '../../styles/index.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { emit } from '../internal/events.js';
import { RovingFocus } from '../internal/roving-focus.js';
import { StoreController } from '../internal/store-controller.js';
import { casePanelStyles } from './case-panel.styles.js';
import { caseInformation, contactInformation, history, type ContactView } from './case-panel.templates.js';
import { warnOnce } from '../internal/warn.js';
import { LoadController } from './load-controller.js';
import { commonWords } from '../internal/strings/en/common.js';
import { caseWords } from '../internal/strings/en/case.js';

/** The three tabs. */
export type CaseTab = 'information' | 'contact' | 'history';

const TABS: readonly CaseTab[] = ['information', 'contact', 'history'];

/** Entries of the history per page. */
const PAGE_SIZE = 20;

/** Milliseconds that typing rests before the history is searched. */
const SEARCH_REST = 250;

/**
 * The case of a session (`session-id`) or of the page's own interaction (`.interaction`), in three tabs: Case Information, Contact
 * Information, Contact History. Contact and history come from this page's own host by the opaque reference; where it has none, from the
 * snapshot that the colleague sent, and it says which.
 *
 *     <case-panel session-id="…"></case-panel>
 *
 * Keyboard: Arrow keys, Home and End move between the tabs.
 *
 * @fires recordopen - The agent wants to see a record of the host's, the contact's or one of the history: `{kind: 'contact'|'history', id, interactionId?}`. Bubbles, cancelable: then the host's own `openRecord` is not called.
 * @csspart tabs - The row of tabs.
 * @csspart panel - What the chosen tab shows.
 */
export class CasePanel extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, pills, rows, surfaces, tabs, casePanelStyles];
  static override english = [commonWords, caseWords];

  /** Session whose case is shown. */
  @property({ attribute: 'session-id' }) sessionId: string | undefined;

  /** The page's own interaction, shown instead of a session's. */
  @property({ attribute: false }) interaction: Interaction | undefined;

  @state() private tab: CaseTab = 'information';
  @state() private query = '';

  readonly #slices = new StoreController(this, (read) => ({
    caseData: this.sessionId ? read(`case:${this.sessionId}`) : undefined,
    peer: this.sessionId ? read(`session:${this.sessionId}`)?.peer : undefined,
    account: read('account'),
  }));
  readonly #commands = new CommandController<'open'>(this);
  readonly #tabs = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.tab')],
    chosen: () => this.renderRoot.querySelector<HTMLElement>(`#tab-${this.tab}`) ?? undefined,
    onMove: (item) => this.show(TABS.find((tab) => item.id === `tab-${tab}`) ?? 'information'),
    orientation: 'horizontal',
    wrap: true,
  });
  readonly #contact = new LoadController<Contact | null>(this);
  readonly #history = new LoadController<Page<HistoryItem>>(this);
  #typing: ReturnType<typeof setTimeout> | undefined;
  #following: { host: SipService['host']; end: AbortController } | undefined;
  /** The page's interaction as it was read: only what can be used. */
  #about: Interaction | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#following?.end.abort();
    this.#following = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('interaction')) this.#readInteraction();
    this.#followHost(this.activeService?.host);
  }

  #readInteraction(): void {
    const given: unknown = this.interaction;
    const { interaction, problems } = given === undefined || given === null ? { problems: [] } : readInteraction(given);
    if (problems.length) warnOnce(this, `interaction ${problems[0] ?? ''}`, problemWords(problems));
    this.#about = interaction;
  }

  /** The host may tell later what it can do, and tell it anew. */
  #followHost(host: SipService['host']): void {
    if (host === this.#following?.host || !this.isConnected) return;
    this.#following?.end.abort();
    const end = new AbortController();
    this.#following = { host, end };
    host?.subscribe?.(() => this.requestUpdate(), { signal: end.signal });
  }

  /** Shows a tab. */
  show(tab: CaseTab): void {
    this.#commands.clear('open');
    this.tab = tab;
  }

  #case(): SessionCase | undefined {
    if (this.#about) return { ...shareCase(this.#about, {}, 0).caseData, data: this.#about.caseData, changed: [] };
    return this.#slices.value?.caseData;
  }

  #contactRef(): string | undefined {
    return this.#about?.contact?.id ?? this.#case()?.contact?.ref;
  }

  #loadContact(service: SipService, ref: string): void {
    const { host } = service;
    if (host?.capabilities.contact !== true) return this.#contact.clear();
    this.#contact.load(ref, (signal) => askContact(host, ref, signal));
  }

  #searchHistory(host: HostAdapter, ref: string, cursor?: string): (signal: AbortSignal) => Promise<Page<HistoryItem>> {
    const query = { contact: ref, text: this.query, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
    return (signal) => askHistory(host, query, signal);
  }

  #loadHistory({ host }: SipService, ref: string): void {
    if (host?.capabilities.history !== true) return this.#history.clear();
    this.#history.load(`${ref}\n${this.query}`, this.#searchHistory(host, ref));
  }

  #handleQuery = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => (this.query = value), SEARCH_REST);
  };

  #handleMore = (): void => {
    const [host, ref, page] = [this.activeService?.host, this.#contactRef(), this.#history.state.value];
    if (!host || !ref) return;
    this.#history.again(this.#searchHistory(host, ref, page?.cursor), (before, more) => ({
      ...more,
      items: [...before.items, ...more.items],
    }));
  };

  #handleRetryContact = (): void => {
    const [service, ref] = [this.activeService, this.#contactRef()];
    if (!service || !ref) return;
    this.#contact.clear();
    this.#loadContact(service, ref);
  };

  #handleOpenRecord = (kind: 'contact' | 'history', id: string): void => {
    const interactionId = this.#case()?.interaction.id;
    if (!emit(this, 'recordopen', { kind, id, ...(interactionId ? { interactionId } : {}) })) return;
    const { host } = this.activeService ?? {};
    if (host?.capabilities.openRecord === true) void this.#commands.run('open', () => openRecord(host, { kind, id }));
  };

  override render(): TemplateResult {
    const service = this.activeService;
    if (!service) return this.renderInert();
    return html`
      <div class="tabs" part="tabs" role="tablist" aria-label=${this.text('case.label')} @keydown=${this.#tabs.handleKeydown}>
        ${TABS.map((tab) => this.#renderTab(tab))}
      </div>
      <div class="panel" part="panel" role="tabpanel" id="panel" tabindex="0" aria-labelledby=${`tab-${this.tab}`}>
        ${this.#renderOpenFailure()} ${this.#renderPanel(service)}
      </div>
    `;
  }

  #renderTab(tab: CaseTab): TemplateResult {
    const selected = tab === this.tab;
    return html`<button
      class="tab"
      role="tab"
      type="button"
      id=${`tab-${tab}`}
      aria-controls="panel"
      aria-selected=${selected ? 'true' : 'false'}
      @click=${() => this.show(tab)}
    >
      ${this.text(`case.${tab}`)}
    </button>`;
  }

  #renderPanel(service: SipService): TemplateResult {
    const data = this.#case();
    if (this.tab === 'information') return caseInformation(this, data);
    if (!hasRight(this.#slices.value?.account?.rights ?? [], 'contact-information')) {
      return html`<p class="empty">${this.text('case.no-right')}</p>`;
    }
    const ref = this.#contactRef();
    if (!ref) return html`<p class="empty">${this.text('case.contact-none')}</p>`;
    if (this.tab === 'contact') {
      this.#loadContact(service, ref);
      return contactInformation(this, this.#contactView(ref, data?.contact?.fields), this.#handleRetryContact, this.#handleOpenRecord);
    }
    this.#loadHistory(service, ref);
    const view = {
      available: service.host?.capabilities.history === true,
      canOpen: service.host?.capabilities.openRecord === true,
      query: this.query,
      loading: this.#history.state,
    };
    return history(this, view, { search: this.#handleQuery, more: this.#handleMore, open: this.#handleOpenRecord });
  }

  #renderOpenFailure(): TemplateResult | typeof nothing {
    const failure = this.#commands.failure('open');
    return failure ? html`<p class="notice error" role="alert">${this.text(`error.${failure.code}`)}</p>` : nothing;
  }

  /** The contact from this page's host, else from the page's own interaction, else as the colleague sent it. */
  #contactView(ref: string, snapshot: readonly CaseEntry[] | undefined): ContactView {
    const { value, status, failure } = this.#contact.state;
    const own = value ?? this.#about?.contact;
    const peer = this.#slices.value?.peer?.name;
    const entries = own ? Object.entries(own).map(([key, text]) => ({ key, label: key, value: text })) : (snapshot ?? []);
    return {
      ref,
      entries: entries.filter((entry) => entry.key !== 'id'),
      source: own ? 'host' : 'peer',
      canOpen: this.activeService?.host?.capabilities.openRecord === true,
      loading: status === 'loading' && !own,
      ...(peer ? { peer } : {}),
      ...(status === 'failed' && failure ? { failure } : {}),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'case-panel': CasePanel;
  }
}
