/** `<team-communicator>`: find anyone of the contact centre, see who is Ready, and act. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  isUp,
  LOGGED_OFF_CHANNELS,
  TARGET_TYPES,
  type Interaction,
  type SipService,
  type Target,
  type TargetType,
} from '../../services/index.js';
import { buttons, fields, pills, presence, rows, surfaces } from '../../styles/index.js';
import { announce } from '../internal/announcer.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { emit } from '../internal/events.js';
import { closeIcon, searchIcon } from '../internal/icons.js';
import { StoreController } from '../internal/store-controller.js';
import { commonWords } from '../internal/strings/en/common.js';
import { communicatorWords } from '../internal/strings/en/communicator.js';
import { presenceWords } from '../internal/strings/en/presence.js';
import { actionsFor, perform, type ActionFacts, type CommunicatorMode, type OfferedAction } from './actions.js';
import { rowOf } from './row.js';
import { resultsFor, type Filter, type ResultRow, type Results } from './results.js';
import { communicatorStyles } from './team-communicator.styles.js';

/** Milliseconds that typing rests before the number of results is said. */
const SAY_AFTER = 600;

const NO_FILTER: Filter = { scope: 'all', type: '' };

/**
 * One box that finds internal targets by name, e-mail address or number, shows their presence, and acts on them.
 *
 *     <team-communicator></team-communicator>
 *
 * Keyboard: typing searches; Arrow keys choose; Enter does the first action; Alt+Arrow Down opens the others; Escape closes the menu, then
 * empties the box.
 *
 * @fires targetaction - Before an action is done: `{action, target}`. Bubbles, cancelable: the host does it instead.
 * @csspart box - The search box.
 * @csspart results - The list of results.
 */
export class TeamCommunicator extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, pills, presence, rows, surfaces, communicatorStyles];
  static override english = [commonWords, communicatorWords, presenceWords];

  /** Where it stands; decides which actions are offered. */
  @property() mode: CommunicatorMode = 'main';

  /** Text of the empty box. */
  @property() placeholder = '';

  /** Results shown at most. */
  @property({ type: Number }) limit = 10;

  /** Whether results stand in the page instead of under the box. */
  @property({ type: Boolean, reflect: true }) inline = false;

  /** The interaction that is consulted about. */
  @property({ attribute: false }) interaction: Interaction | undefined;

  @state() private query = '';
  @state() private filter: Filter = NO_FILTER;
  @state() private selected = 0;
  @state() private menu = '';

  readonly #slices = new StoreController(this, (read) => ({
    channels: read('channels') ?? LOGGED_OFF_CHANNELS,
    rights: read('account')?.rights ?? [],
    own: read('account')?.address ?? '',
    connection: read('connection')?.status,
    directory: read('directory'),
    preferences: read('preferences'),
    inCall: (read('calls') ?? []).some((id) => isUp(read(`call:${id}`))),
  }));
  readonly #consultations = new StoreController(this, (read) =>
    (read('sessions') ?? []).flatMap((id) => {
      const session = read(`session:${id}`);
      const about = session?.interaction?.id;
      return session && session.status !== 'ended' && about !== undefined && about === this.interaction?.id ? [session] : [];
    }),
  );
  readonly #presences = new StoreController(this, (read) =>
    Object.fromEntries(this.#results.rows.map(({ hit }) => [hit.target.address, read(`presence:${hit.target.address}`)])),
  );
  readonly #commands = new CommandController<'act'>(this);
  #results: Results = { rows: [], total: 0, asked: false };
  #watch: { key: string; abort: AbortController } | undefined;
  #say: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#say);
    this.#watch?.abort.abort();
    this.#watch = undefined;
  }

  /** Puts the focus into the search box. */
  override focus(): void {
    this.#input()?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const service = this.activeService;
    if (service) {
      const limit = Number.isFinite(this.limit) && this.limit > 0 ? Math.min(this.limit, 200) : 10;
      this.#results = resultsFor(service, this.query, this.filter, limit, this.mode === 'consult' ? (this.#consultations.value ?? []) : []);
      this.selected = Math.max(0, Math.min(this.selected, this.#results.rows.length - 1));
      this.#watchPresence(service);
    }
    super.willUpdate(changed);
  }

  #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  /** Watches the presence of what is listed, and of nothing else. */
  #watchPresence(service: SipService): void {
    const addresses = this.#results.rows.filter(({ hit }) => hit.target.type === 'agent').map(({ hit }) => hit.target.address);
    const key = addresses.join(' ');
    if (key === (this.#watch?.key ?? '') || !this.isConnected) return;
    this.#watch?.abort.abort();
    this.#watch = { key, abort: new AbortController() };
    if (addresses.length) service.presence.watch(addresses, this.#watch.abort.signal);
  }

  #facts(target: Target, row: ResultRow): ActionFacts {
    const slices = this.#slices.value;
    return {
      mode: this.mode,
      rights: slices?.rights ?? [],
      channels: slices?.channels ?? LOGGED_OFF_CHANNELS,
      own: slices?.own ?? '',
      online: slices?.connection === 'ready' || slices?.connection === 'degraded',
      callsAvailable: this.activeService?.calls.available ?? false,
      inCall: slices?.inCall ?? false,
      presence: this.#presences.value?.[target.address],
      favorite: row.hit.favorite,
      corporate: row.hit.corporate,
    };
  }

  #act(row: ResultRow, offered: OfferedAction | undefined): void {
    const { activeService: service } = this;
    if (!service || !offered || offered.reason) return;
    const { target } = row.hit;
    this.menu = '';
    const detail = { action: offered.action, target, ...(this.interaction ? { interactionId: this.interaction.id } : {}) };
    if (!emit(this, 'targetaction', detail)) return;
    void this.#commands.run('act', () => perform(service, offered.action, target));
    if (!offered.action.endsWith('favorite')) this.#clear();
  }

  #clear(): void {
    this.query = '';
    this.menu = '';
    this.selected = 0;
    const input = this.#input();
    if (input) input.value = '';
  }

  readonly #handleInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.selected = 0;
    this.menu = '';
    clearTimeout(this.#say);
    this.#say = setTimeout(() => announce(this.#countWords()), SAY_AFTER);
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const row = this.#results.rows[this.selected];
    if (event.key === 'Escape') this.#escape(event);
    else if (row && event.key === 'ArrowDown' && event.altKey) this.#openMenu(row);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#move(event.key === 'ArrowDown' ? 1 : -1);
    else if (row && event.key === 'Enter') this.#act(row, this.#actions(row)[0]);
    else return;
    event.preventDefault();
  };

  #escape(event: KeyboardEvent): void {
    if (this.menu) this.menu = '';
    else if (this.query || this.filter !== NO_FILTER) {
      this.#clear();
      this.filter = NO_FILTER;
    } else return;
    event.stopPropagation();
    this.focus();
  }

  #move(step: number): void {
    const count = this.#results.rows.length;
    if (!count) return;
    this.selected = (this.selected + step + count) % count;
    void this.updateComplete.then(() => this.renderRoot.querySelector('.row.selected')?.scrollIntoView({ block: 'nearest' }));
  }

  #openMenu(row: ResultRow): void {
    this.menu = row.hit.target.address;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role="menuitem"]')?.focus());
  }

  readonly #handleMenuKey = (event: KeyboardEvent): void => {
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = items.indexOf(event.target as HTMLElement);
    const next = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[
      event.key
    ];
    if (next !== undefined) items[next]?.focus();
    else if (event.key === 'Escape') this.#escape(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #actions(row: ResultRow): readonly OfferedAction[] {
    return actionsFor(this.#facts(row.hit.target, row), row.hit.target);
  }

  #countWords(): string {
    const { total, rows: listed, asked } = this.#results;
    if (!asked) return '';
    const shown = listed.filter(({ group }) => group === 'internal').length;
    if (!total) return this.text('communicator.none-internal');
    return total > shown
      ? this.text('communicator.capped-internal', { shown, count: total })
      : this.text('communicator.internal', { count: total });
  }

  override render(): TemplateResult {
    if (!this.activeService) return this.renderInert();
    return html`<section class="card" aria-label=${this.text('communicator.label')}>
      <div class="top">${this.#renderBox()} ${this.#renderFilters()}</div>
      ${this.#renderState()} ${this.#renderResults()} ${this.#renderFailure()}
    </section>`;
  }

  #renderBox(): TemplateResult {
    const label = this.text('communicator.label');
    const expanded = this.#results.rows.length > 0;
    return html`<div class="search" part="box">
      ${searchIcon()}
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-label=${label}
        aria-autocomplete="list"
        aria-haspopup="grid"
        aria-expanded=${expanded ? 'true' : 'false'}
        aria-controls="results"
        aria-activedescendant=${expanded ? `row-${this.selected}` : nothing}
        placeholder=${this.placeholder || this.text('communicator.placeholder')}
        @input=${this.#handleInput}
        @keydown=${this.#handleKey}
      />
      <button
        class="icon-button"
        type="button"
        aria-label=${this.text('action.clear')}
        ?hidden=${!this.query}
        @click=${() => this.#clear()}
      >
        ${closeIcon()}
      </button>
    </div>`;
  }

  #renderFilters(): TemplateResult {
    const chip = (scope: Filter['scope']): TemplateResult =>
      html`<button
        class="chip"
        type="button"
        aria-pressed=${this.filter.scope === scope ? 'true' : 'false'}
        @click=${() => (this.filter = { ...this.filter, scope })}
      >
        ${this.text(`filter.${scope}`)}
      </button>`;
    const chosen = (event: Event): void => {
      this.filter = { ...this.filter, type: (event.target as HTMLSelectElement).value as TargetType | '' };
    };
    return html`<div class="chips filters" role="group" aria-label=${this.text('communicator.filters')}>
      ${chip('all')} ${chip('favorites')} ${chip('recents')}
      <select class="field" aria-label=${this.text('filter.type')} @change=${chosen}>
        <option value="">${this.text('filter.all-types')}</option>
        ${TARGET_TYPES.filter((type) => type !== 'contact').map(
          (type) => html`<option value=${type} ?selected=${this.filter.type === type}>${this.text(`targets.${type}`)}</option>`,
        )}
      </select>
    </div>`;
  }

  #renderState(): TemplateResult | typeof nothing {
    const directory = this.#slices.value?.directory;
    if (directory?.status === 'loading') return html`<p class="empty" role="status">${this.text('communicator.loading')}</p>`;
    if (directory?.status === 'failed') {
      return html`<p class="notice error" role="alert">
        <span>${this.text('communicator.failed')}</span>
        <button class="link-button" type="button" @click=${() => void this.activeService?.directory.refresh()}>
          ${this.text('action.retry')}
        </button>
      </p>`;
    }
    if (this.#results.asked && !this.#results.rows.length)
      return html`<p class="empty">${this.text('communicator.no-match', { query: this.query })}</p>`;
    return this.#results.rows.length ? nothing : html`<p class="empty">${this.text('communicator.hint')}</p>`;
  }

  #renderResults(): TemplateResult {
    const { rows: listed } = this.#results;
    return html`<div
      class="results"
      part="results"
      id="results"
      role="grid"
      aria-rowcount=${listed.length}
      aria-label=${this.text('communicator.results')}
    >
      ${listed.map((row, at) => html`${listed[at - 1]?.group === row.group ? nothing : this.#renderGroup(row.group)}${this.#renderRow(row, at)}`)}
    </div>`;
  }

  #renderGroup(group: ResultRow['group']): TemplateResult | typeof nothing {
    if (group === 'typed') return nothing;
    const words = group === 'consultations' ? this.text('communicator.active-consultations') : this.#countWords();
    return html`<div class="group-title" aria-hidden="true">${words}</div>`;
  }

  #renderRow(row: ResultRow, at: number): TemplateResult {
    const { target } = row.hit;
    return rowOf(this, {
      row,
      at,
      count: this.#results.rows.length,
      selected: at === this.selected,
      presence: this.#presences.value?.[target.address],
      actions: this.#actions(row),
      menuOpen: this.menu === target.address,
      onSelect: () => (this.selected = at),
      onAct: (offered) => this.#act(row, offered),
      onMenu: () => (this.menu === target.address ? (this.menu = '') : this.#openMenu(row)),
      onMenuKey: this.#handleMenuKey,
    });
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const failure = this.#commands.failure('act');
    return failure ? html`<p class="notice error" role="alert">${this.text(`error.${failure.code}`)}</p>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'team-communicator': TeamCommunicator;
  }
}
