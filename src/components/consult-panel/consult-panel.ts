/** `<consult-panel>`: consultation inside the screen of an interaction. */
import { html, nothing, type LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  hasRight,
  problemWords,
  readInteraction,
  shareCase,
  type Interaction,
  type InteractionMedia,
  type SipService,
} from '../../services/index.js';
import { buttons, pills, rows, surfaces } from '../../styles/index.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { emit, type DesksideEvent } from '../internal/events.js';
import { StoreController } from '../internal/store-controller.js';
import { caseWords } from '../internal/strings/en/case.js';
import { commonWords } from '../internal/strings/en/common.js';
import { consultationWords } from '../internal/strings/en/consultation.js';
import { sessionWords } from '../internal/strings/en/session.js';
import { warnOnce } from '../internal/warn.js';
import { casePreview } from './case-preview.templates.js';
import { CaseSync } from './case-sync.js';
import { ConsultEvents } from './consult-events.js';
import { consultStyles } from './consult-panel.styles.js';
import { headerOf, noticesOf, pickerOf } from './consult-panel.templates.js';
import { asConsultation, consultationRecords, together, type Consultation, type ConsultationMedia } from './consultations.js';
import { mediaOf } from './inputs.js';
import { startOf } from './starts.js';

/**
 * Consultations about one interaction of the page: Start Consultation opens the Team Communicator here, Start Instant Message Consultation
 * opens the conversation here. Nothing leaves before the first message; what the colleague will see is shown first.
 *
 *     <consult-panel media="voice"></consult-panel>
 *     <script>document.querySelector('consult-panel').interaction = { id: '4711', media: 'voice', label: 'Broken TV', party: 'Avril Mai', caseData: [] };</script>
 *
 * Several consultations of one interaction stand side by side where there is room. They live in the service: hiding, moving or removing the
 * panel ends none of them, and a panel that is given the interaction again shows them again.
 *
 * Keyboard: Escape closes the search for a colleague and gives the focus back to Start Consultation; the conversation has the keys of `<im-transcript>`.
 *
 * @fires targetaction - Before a consultation begins: `{action, target, interactionId}`. Bubbles, cancelable: the host does it instead.
 * @fires consultstart - The colleague was asked: `{interactionId, media, sessionId, target, at}`. Bubbles once.
 * @fires consultend - It is over: `{interactionId, media, sessionId, outcome, startedAt, connectedAt?, endedAt}`. Bubbles once; while no panel of the interaction stands in the page, it waits for one.
 * @csspart header - What it is about, and Start Consultation.
 * @csspart preview - What the colleague will see.
 * @cssprop --deskside-consult-height - Height of one conversation, 380 px by default.
 */
export class ConsultPanel extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, pills, rows, surfaces, consultStyles];
  static override english = [caseWords, commonWords, consultationWords, sessionWords];

  /** The interaction that is consulted about. What of it leaves is the service's `caseSharing`. */
  @property({ attribute: false }) interaction: Interaction | null | undefined;

  /** Medium of the screen around it: `voice`, `email`, `chat` or `workitem`. It holds for an interaction that does not say its own. */
  @property() media: InteractionMedia | undefined;

  @state() private finding = false;
  @state() private chosen: string | undefined;

  readonly #records = new StoreController(this, (read) => (this.#about ? consultationRecords(read, this.#about.id) : []));
  readonly #cases = new StoreController(this, (read) =>
    Object.fromEntries((this.#records.value ?? []).map(({ id }) => [id, read(`case:${id}`)])),
  );
  readonly #slices = new StoreController(this, (read) => ({
    rights: read('account')?.rights,
    active: read('activeWindow'),
    // What could not be told while the connection was away is told when it is back.
    connection: read('connection'),
  }));
  readonly #commands = new CommandController<'start'>(this);
  readonly #sync = new CaseSync(() => this.requestUpdate());

  /** The interaction as it was read: only what can be used. */
  #about: Interaction | undefined;
  #listening: { service: SipService; end: AbortController } | undefined;
  #active: string | undefined;
  /** Consultation that is to have the focus as soon as it is shown. */
  #wanted: string | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.end.abort();
    this.#listening = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('interaction') || changed.has('media')) this.#readInteraction();
    this.#listen();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#focusWanted();
    if (this.#listening) ConsultEvents.of(this.#listening.service).settle();
    if (this.activeService && this.#about) this.#sync.follow(this.activeService, this.#about, this.#consultations());
  }

  #readInteraction(): void {
    const given: unknown = this.interaction;
    const { interaction, problems } =
      given === undefined || given === null ? { problems: [] } : readInteraction(given, mediaOf(this, this.media));
    if (problems.length) warnOnce(this, `interaction ${problems[0] ?? ''}`, problemWords(problems));
    if (interaction?.id !== this.#about?.id) this.finding = false;
    this.#about = interaction;
  }

  /** Tells the page of starts and ends for as long as it stands there. */
  #listen(): void {
    const { activeService: service } = this;
    if (service === this.#listening?.service || !this.isConnected) return;
    this.#listening?.end.abort();
    this.#listening = undefined;
    if (!service) return;
    const end = new AbortController();
    this.#listening = { service, end };
    ConsultEvents.of(service).attach(this, () => this.#about?.id, end.signal);
  }

  /** Puts the focus on Start Consultation, or into the search box where it is open. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(this.finding ? 'team-communicator' : '.start')?.focus();
  }

  #consultations(): Consultation[] {
    return (this.#records.value ?? []).flatMap((record) => asConsultation(record) ?? []);
  }

  /** The one that is shown where only one is: the chosen one, else the newest. */
  #shown(all: readonly Consultation[]): string | undefined {
    const active = this.#slices.value?.active;
    // Whoever opens a session in the tray wants to see it here.
    if (active !== this.#active && all.some(({ id }) => id === active)) this.chosen = active;
    this.#active = active;
    return (all.find(({ id }) => id === this.chosen) ?? all.at(-1))?.id;
  }

  /** Gives the focus to a consultation that the person has just begun, once it is there. */
  #focusWanted(): void {
    const view = this.#wanted && this.renderRoot.querySelector<LitElement>(`[data-id="${CSS.escape(this.#wanted)}"] .view`);
    if (!view) return;
    this.#wanted = undefined;
    void view.updateComplete.then(() => view.focus());
  }

  readonly #handleStart = (): void => {
    this.finding = !this.finding;
    void this.updateComplete.then(() => {
      this.focus();
      this.renderRoot.querySelector('.finder:not([hidden])')?.scrollIntoView({ block: 'nearest' });
    });
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.finding || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.finding = false;
    void this.updateComplete.then(() => this.focus());
  };

  readonly #handleTarget = (event: DesksideEvent<'targetaction'>): void => {
    const { action, target } = event.detail;
    const start = startOf(action);
    const [service, interaction] = [this.activeService, this.#about];
    if (!start || !service || !interaction) return;
    // The communicator is a part of this element: the page hears of it once, from here.
    event.stopPropagation();
    if (!emit(this, 'targetaction', { ...event.detail, interactionId: interaction.id })) return;
    void this.#commands.run('start', async () => {
      const beginning = start(service, target, interaction);
      service.preferences.addRecent(target);
      this.finding = false;
      const id = typeof beginning === 'string' ? beginning : await beginning;
      this.chosen = id ?? this.chosen;
      this.#wanted = id;
    });
  };

  readonly #handleDone = (): void => {
    this.chosen = undefined;
    void this.updateComplete.then(() => this.focus());
  };

  override render(): TemplateResult | typeof nothing {
    const [service, slices] = [this.activeService, this.#slices.value];
    if (!service || !slices) return this.renderInert();
    const { rights } = slices;
    if (rights && !hasRight(rights, 'im-use') && !hasRight(rights, 'voice')) return nothing;
    const about = this.#about;
    const all = this.#consultations();
    const groups = together(all);
    const shown = groups.find((group) => group.some(({ id }) => id === this.#shown(all)))?.[0]?.id;
    const heads = groups.flatMap(([head]) => head ?? []);
    return html`<section
      class="card ${groups.length > 1 ? 'several' : ''}"
      aria-label=${this.text('consult.label')}
      @keydown=${this.#handleKey}
    >
      ${headerOf(this, { interaction: about, media: mediaOf(this, this.media), finding: this.finding, onStart: this.#handleStart })}
      ${noticesOf(this, { ended: about?.ended === true, failure: this.#commands.failure('start')?.code })} ${this.#renderFinder(service)}
      ${groups.length > 1 ? pickerOf(this, heads, shown, (id) => (this.chosen = id)) : nothing}
      <div class="consultations" @imdone=${this.#handleDone}>
        ${repeat(
          groups,
          ([head]) => head?.id,
          (group) => this.#renderGroup(service, group, group[0]?.id === shown),
        )}
      </div>
    </section>`;
  }

  #renderFinder(service: SipService): TemplateResult {
    return html`<div class="finder" id="finder" ?hidden=${!this.finding}>
      ${
        this.finding
          ? html`<team-communicator
              inline
              mode="consult"
              .service=${service}
              .strings=${this.strings}
              .interaction=${this.#about}
              @targetaction=${this.#handleTarget}
            ></team-communicator>`
          : nothing
      }
    </div>`;
  }

  /** A person's IM with the call beside it: the call on top, where its controls are found at once. */
  #renderGroup(service: SipService, group: readonly Consultation[], shown: boolean): TemplateResult {
    return html`<div
      class="one ${shown ? 'selected' : ''}"
      data-id=${group[0]?.id ?? nothing}
      role="group"
      aria-label=${this.text('consult.with', { name: group[0]?.peer.name ?? '' })}
    >
      ${repeat(
        group,
        ({ id }) => id,
        (one) => html`<div class="by-${one.media}" data-id=${one.id}>${VIEWS[one.media](this, service, one)}</div>`,
      )}
    </div>`;
  }

  /** What the colleague of an IM consultation will see, or was sent. */
  preview(service: SipService, one: Consultation): TemplateResult | typeof nothing {
    const withheld = this.#about ? shareCase(this.#about, service.config.caseSharing, 1).withheld : [];
    return casePreview(this, one, this.#cases.value?.[one.id], { withheld, late: this.#sync.late(one.id) });
  }
}

/** Medium → what its consultation looks like. */
const VIEWS: Readonly<
  Record<ConsultationMedia, (panel: ConsultPanel, service: SipService, one: Consultation) => TemplateResult | typeof nothing>
> = {
  im: (panel, service, one) =>
    html`${panel.preview(service, one)}
      <im-window class="view" without-case .service=${service} .strings=${panel.strings} session-id=${one.id}></im-window>`,
  voice: (panel, service, { id }) =>
    html`<voice-call class="view" .service=${service} .strings=${panel.strings} call-id=${id}></voice-call>`,
};

declare global {
  interface HTMLElementTagNameMap {
    'consult-panel': ConsultPanel;
  }
}
