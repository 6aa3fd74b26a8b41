/** `<team-communicator>`: find anyone of the contact centre, see who is Ready, and act. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isUp, LOGGED_OFF_CHANNELS, type Interaction } from '../../services/index.js';
import { buttons, fields, hidden, pills, presence, rows, surfaces } from '../../styles/index.js';
import { announce } from '../internal/announcer.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { emit } from '../internal/events.js';
import { floating, PopoverController } from '../internal/popover.js';
import { StoreController, type Read } from '../internal/store-controller.js';
import { commonWords } from '../internal/strings/en/common.js';
import { communicatorWords } from '../internal/strings/en/communicator.js';
import { presenceWords } from '../internal/strings/en/presence.js';
import { actionsFor, perform, type OfferedAction } from './actions.js';
import { boxOf } from './box.js';
import { activeConsultations } from './consultations.js';
import { factsOf } from './facts.js';
import { filtersOf } from './filters.js';
import { DEFAULT_LIMIT, limitOf, modeOf } from './inputs.js';
import { Listing } from './listing.js';
import type { ActionFacts, CommunicatorMode } from './reasons.js';
import { listOf } from './results.templates.js';
import type { ActiveConsultation, Filter, ResultRow } from './results.js';
import { RowFloat } from './row-float.js';
import { rowOf } from './row.js';
import { stateOf } from './states.js';
import { communicatorStyles } from './team-communicator.styles.js';
import { spokenWords } from './words.js';

/** Milliseconds that typing rests before the number of results is said. */
const SAY_AFTER = 600;

const NO_FILTER: Filter = { scope: 'all', type: '' };

/**
 * One box that finds internal targets and contacts by name, e-mail address or number, shows their presence, and acts on them.
 *
 *     <team-communicator></team-communicator>
 *
 * Keyboard: typing searches; Arrow keys choose; Enter does the first action; Alt+Arrow Down (or Shift+F10) opens the others; Escape closes the
 * menu, then empties box and filters, then closes the list. Rows stay where they are while presence changes.
 *
 * @fires targetaction - Before an action is done: `{action, target, number?, interactionId?}`. Bubbles, cancelable: the host does it instead.
 * @csspart card - The whole.
 * @csspart box - The search box.
 * @csspart panel - Filters and results: under the box, or with `inline` a part of the page.
 * @csspart results - The list of results.
 * @csspart details - Presence of the chosen target in detail, under the list.
 */
export class TeamCommunicator extends DesksideElement {
  static override styles = [DesksideElement.styles, hidden, buttons, fields, pills, presence, rows, surfaces, floating, communicatorStyles];
  static override english = [commonWords, communicatorWords, presenceWords];

  /** Where it stands; decides which actions are offered: `main`, `consult`, `transfer` or `conference`. */
  @property() mode: CommunicatorMode = 'main';

  /** Text of the empty box. */
  @property() placeholder = '';

  /** Internal targets shown at most, and contacts too. 1 to 200. */
  @property({ type: Number }) limit = DEFAULT_LIMIT;

  /** Whether filters and results stand in the page instead of in a popup under the box. */
  @property({ type: Boolean, reflect: true }) inline = false;

  /** The interaction that is consulted about. */
  @property({ attribute: false }) interaction: Interaction | undefined;

  @state() private query = '';
  @state() private filter: Filter = NO_FILTER;
  @state() private grouped = false;
  @state() private selected = 0;

  readonly #slices = new StoreController(this, (read) => ({
    channels: read('channels') ?? LOGGED_OFF_CHANNELS,
    rights: read('account')?.rights ?? [],
    own: read('account')?.address ?? '',
    connection: read('connection')?.status,
    directory: read('directory'),
    preferences: read('preferences') ?? 0,
    inCall: (read('calls') ?? []).some((id) => isUp(read(`call:${id}`))),
    // Only to be drawn again when one begins or ends: what they are is read where the list is made.
    consultations: JSON.stringify(this.#readConsultations(read)),
  }));
  readonly #presences = new StoreController(this, (read) =>
    Object.fromEntries(this.#rows().map(({ hit }) => [hit.target.address, read(`presence:${hit.target.address}`)])),
  );
  readonly #commands = new CommandController<'act'>(this);
  readonly #listing: Listing = new Listing(this, () => this.#sayLater());
  readonly #panel: PopoverController = new PopoverController(this, {
    anchor: () => this.renderRoot.querySelector('.search'),
    panel: () => this.renderRoot.querySelector<HTMLElement>('.panel.floating'),
    parts: () => [this.renderRoot.querySelector('.float.open')],
    matchWidth: true,
    ownEscape: true,
  });
  readonly #float: RowFloat = new RowFloat(this, {
    rows: () => this.#rows(),
    actions: (row) => this.#actions(row),
    onAct: (row, offered) => this.#act(row, offered),
  });
  #say: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#say);
  }

  /** Puts the focus into the search box. */
  override focus(): void {
    this.#input()?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const service = this.activeService;
    const { directory, preferences } = this.#slices.value ?? {};
    if (service) {
      // In a list of all, a favorite moves to the top at the next key, not under the hand that has just made it.
      const versions = [directory?.version, this.filter.scope === 'all' ? 0 : preferences];
      const consultations = this.#readConsultations((key) => service.snapshot.get(key));
      const { query: text, filter, grouped } = this;
      const limit = limitOf(this, this.limit);
      this.selected = this.#listing.update(service, { text, filter, limit, grouped, consultations, versions }, this.selected);
    }
    super.willUpdate(changed);
  }

  #readConsultations(read: Read): ActiveConsultation[] {
    return this.mode === 'consult' ? activeConsultations(read, this.interaction?.id) : [];
  }

  #rows(): readonly ResultRow[] {
    return this.#listing.results.rows;
  }

  #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input[role="combobox"]');
  }

  #facts(row: ResultRow): ActionFacts {
    const { activeService: service, interaction } = this;
    const presence = this.#presences.value?.[row.hit.target.address];
    return factsOf(this.#slices.value, { service, mode: modeOf(this, this.mode), interaction, presence, row });
  }

  #actions(row: ResultRow): readonly OfferedAction[] {
    return actionsFor(this.#facts(row), row.hit.target);
  }

  #act(row: ResultRow, offered: OfferedAction | undefined): void {
    const { activeService: service } = this;
    if (!service || !offered) return;
    if (offered.reason) {
      // Enter on what cannot be done: the menu says why, and what can.
      if (!this.#float.open) this.#float.show('menu', row);
      return;
    }
    const { action, number } = offered;
    const { target } = row.hit;
    this.#float.hide();
    const interactionId = this.interaction?.id;
    const detail = {
      action,
      target,
      ...(number === undefined ? {} : { number }),
      ...(interactionId === undefined ? {} : { interactionId }),
    };
    if (!emit(this, 'targetaction', detail)) return;
    if (action === 'edit-favorite') {
      this.#float.show('favorite', row);
      return;
    }
    void this.#commands.run('act', () => perform(service, offered, target));
    if (action.endsWith('favorite')) return;
    this.#clear();
    this.#panel.hide(false);
  }

  #clear(): void {
    this.query = '';
    this.selected = 0;
    const input = this.#input();
    if (input) input.value = '';
  }

  #sayLater(): void {
    clearTimeout(this.#say);
    this.#say = setTimeout(() => announce(spokenWords(this, this.#listing.results, this.filter.scope)), SAY_AFTER);
  }

  readonly #handleInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.selected = 0;
    this.#float.hide(false);
    this.#panel.show();
    this.#sayLater();
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const closed = !this.inline && !this.#panel.open;
    const row = this.#rows()[this.selected];
    const down = event.key === 'ArrowDown';
    if (closed && (down || event.key === 'Enter')) this.#panel.show();
    else if (closed) return;
    else if (row && ((down && event.altKey) || (event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu'))
      this.#float.show('menu', row);
    else if (down || event.key === 'ArrowUp') this.#move(down ? 1 : -1);
    else if (row && event.key === 'Enter') this.#act(row, this.#actions(row)[0]);
    else return;
    event.preventDefault();
  };

  /** One step back at each press: the menu, then what was typed and filtered, then the list; after that the key is the page's. */
  readonly #handleEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.#float.open) this.#float.hide();
    else if (this.query || this.filter !== NO_FILTER) {
      this.#clear();
      this.filter = NO_FILTER;
      this.focus();
    } else if (this.#panel.open) this.#panel.hide(false);
    else return;
    event.stopPropagation();
    event.preventDefault();
  };

  #move(step: number): void {
    const count = this.#rows().length;
    if (!count) return;
    this.selected = (this.selected + step + count) % count;
    void this.updateComplete.then(() => this.renderRoot.querySelector('.row.selected')?.scrollIntoView({ block: 'nearest' }));
  }

  override render(): TemplateResult {
    if (!this.activeService) return this.renderInert();
    const { inline } = this;
    const body = html`${this.#renderFilters()} ${this.#renderState()} ${this.#renderList()} ${this.#renderFailure()}`;
    return html`<section class="card" part="card" aria-label=${this.text('communicator.label')} @keydown=${this.#handleEscape}>
      <div class="top">${this.#renderBox()}</div>
      ${
        inline
          ? html`<div class="panel" part="panel">${body}</div>`
          : html`<div class="panel floating" part="panel" popover="manual">${body}</div>`
      }
      <div class="float floating menu" popover="manual">${this.#float.render()}</div>
    </section>`;
  }

  #renderBox(): TemplateResult {
    const listed = this.#rows().length > 0 && (this.inline || this.#panel.open);
    return boxOf(this, {
      placeholder: this.placeholder,
      active: listed ? `row-${this.selected}` : undefined,
      filled: this.query !== '',
      onInput: this.#handleInput,
      onKey: this.#handleKey,
      onOpen: () => this.#panel.show(),
      onClear: () => {
        this.#clear();
        this.focus();
      },
    });
  }

  #renderFilters(): TemplateResult {
    return filtersOf(this, {
      filter: this.filter,
      grouped: this.grouped,
      contacts: this.activeService?.directory.hasContacts ?? false,
      onFilter: (filter) => {
        this.filter = filter;
        this.selected = 0;
      },
      onGroup: (grouped) => (this.grouped = grouped),
    });
  }

  #renderState(): TemplateResult | typeof nothing {
    const { activeService: service } = this;
    return stateOf(this, {
      status: this.#slices.value?.directory?.status,
      contacts: this.#listing.contacts.state,
      elsewhere: this.#listing.elsewhere.state,
      results: this.#listing.results,
      query: this.query,
      scope: this.filter.scope,
      onRetry: () => void service?.directory.refresh(),
      onRetryContacts: () => this.#listing.contacts.retry(),
      onRetryElsewhere: () => this.#listing.elsewhere.retry(),
    });
  }

  #renderList(): TemplateResult {
    const target = this.#rows()[this.selected]?.hit.target;
    return listOf(this, {
      results: this.#listing.results,
      scope: this.filter.scope,
      presence: target?.type === 'agent' ? this.#presences.value?.[target.address] : undefined,
      row: (row, at) => this.#renderRow(row, at),
    });
  }

  #renderRow(row: ResultRow, at: number): TemplateResult {
    const facts = this.#facts(row);
    return rowOf(this, {
      row,
      at,
      count: this.#rows().length,
      selected: at === this.selected,
      // Among favorites alone it would say nothing.
      starred: facts.favorite && this.filter.scope !== 'favorites',
      presence: facts.presence,
      actions: actionsFor(facts, row.hit.target),
      menuOpen: this.#float.isMenuOf(row),
      onSelect: () => {
        if (!this.#float.open) this.selected = at;
      },
      onAct: (offered) => this.#act(row, offered),
      onMenu: () => {
        this.selected = at;
        if (this.#float.open) this.#float.hide();
        else this.#float.show('menu', row);
      },
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
