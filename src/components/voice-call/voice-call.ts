/** `<voice-call>`: the controls of a call. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isAlive, isUp, type Call, type SipService } from '../../services/index.js';
import { buttons, fields, pills, presence, surfaces } from '../../styles/index.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit, type DesksideEvent } from '../internal/events.js';
import { RingController } from '../internal/ring-controller.js';
import { StoreController } from '../internal/store-controller.js';
import { commonWords } from '../internal/strings/en/common.js';
import { voiceWords } from '../internal/strings/en/voice.js';
import { CallAnnouncer } from './call-announcer.js';
import { CallPanels } from './call-panels.js';
import { CONTROLS, type Control, type ControlFacts, type Panel } from './controls.js';
import { LevelController } from './level-controller.js';
import { targetAction } from './target-actions.js';
import { callStyles } from './voice-call.styles.js';
import {
  answerButtons,
  button,
  contactRow,
  endedButtons,
  header,
  keypad,
  notice,
  soundChoice,
  transferLine,
  trouble,
} from './voice-call.templates.js';

/**
 * A call: who, how it stands, how long, what is the matter and what to do about it, and its controls. Without `call-id` it shows every call
 * of the agent, one below the other, so that a second call rings beside the first; those that are over stand last. Nothing shows as done before the other side confirmed it.
 *
 *     <voice-call></voice-call>
 *     <voice-call call-id="…" ring="ring|9|-1"></voice-call>
 *
 * Keyboard: with the keypad open, the digits, * and # of the keyboard are pressed; Escape closes it. Keys are never shown or logged.
 *
 * Moving or hiding the element changes nothing about the call. Where the page has `<team-communicator>`, a call can be consulted about,
 * transferred, or made a conference from here.
 *
 * @fires targetaction - Before somebody is consulted with, or the call is transferred: `{action, target}`. Bubbles, cancelable: the host does it instead.
 * @csspart call - One call.
 * @csspart header - Name, kind and status.
 * @csspart status - The status word.
 * @csspart controls - The buttons.
 * @csspart keypad - The keypad.
 * @csspart sound - Choice of microphone and speaker.
 */
export class VoiceCall extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, fields, pills, presence, surfaces, callStyles];
  static override english = [commonWords, voiceWords];

  /** Call that is shown; every call where left out. */
  @property({ attribute: 'call-id' }) callId: string | undefined;

  /** Without `call-id`: leaves out consultations about an interaction, which a `<consult-panel>` shows. */
  @property({ type: Boolean, attribute: 'without-consultations' }) withoutConsultations = false;

  /** What rings for a call that waits: `name|priority|duration` (`bell`, `ring`, `chord`, `warning`; −1 repeats). Silent where left out. */
  @property() ring: string | undefined;

  readonly #all = new StoreController(this, (read) => (read('calls') ?? []).flatMap((id) => read(`call:${id}`) ?? []));
  readonly #presence = new StoreController(this, (read) =>
    Object.fromEntries((this.#all.value ?? []).map(({ peer }) => [peer.address, read(`presence:${peer.address}`)?.state])),
  );
  readonly #commands = new CommandController(this);
  readonly #panels = new CallPanels(this, this.#commands);
  readonly #clock = new ElapsedController(this, () => this.#all.value?.some(isUp) ?? false);
  readonly #ring = new RingController(this);
  readonly #announcer = new CallAnnouncer();

  constructor() {
    super();
    new LevelController(this, () => this.activeService?.calls.sound);
  }

  /** The calls that are shown. */
  get #calls(): readonly Call[] {
    const all = this.#all.value ?? [];
    if (this.callId !== undefined) return all.filter(({ id }) => id === this.callId);
    const { withoutConsultations: without } = this;
    const mine = all.filter(
      ({ role, interaction, direction }) => !without || role !== 'consultation' || direction === 'incoming' || !interaction,
    );
    // What rings or is spoken in must not stand below what is only waiting for Done.
    return [...mine.filter(isAlive), ...mine.filter((call) => !isAlive(call))];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener('callopen', this.#handleOpen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('callopen', this.#handleOpen);
  }

  /** Somebody pressed a call in the tray. */
  readonly #handleOpen = (event: Event): void => {
    const { callId } = (event as DesksideEvent<'callopen'>).detail;
    const shownHere = this.renderRoot.querySelector<HTMLElement>(`[data-call="${CSS.escape(callId)}"]`);
    shownHere?.scrollIntoView({ block: 'nearest' });
    shownHere?.querySelector<HTMLElement>('.controls button')?.focus();
  };

  /** Puts the focus on the first control. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.controls button')?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const calls = this.#calls;
    this.#ring.follow(calls.filter(({ status }) => status === 'alerting').map(({ id }) => id));
    this.#announcer.follow(calls, (call) => this.#status(call));
    this.#panels.keep(calls.map(({ id }) => id));
  }

  #status(call: Call): string {
    if (call.pending) return this.text(`call.${call.pending}`);
    if (call.status === 'ended' && call.outcome) return this.text(`outcome.${call.outcome.code}`);
    return this.text(`call.${call.status}`);
  }

  #run(facts: ControlFacts, control: Control, service: SipService): void {
    const { panel, run } = control;
    const { id } = facts.call;
    if (panel) this.#toggle(id, panel);
    else if (run) void this.#commands.run(`${control.name} ${id}`, () => run(service, facts));
  }

  /** Opens or closes what is under the buttons; the search box has the focus at once. */
  #toggle(id: string, panel: Panel): void {
    this.#panels.toggle(id, panel);
    if (panel === 'consult' && this.#panels.of(id)) this.#focusIn(id, 'team-communicator');
  }

  #handleKey(id: string, event: KeyboardEvent): void {
    const panel = this.#panels.of(id);
    this.#panels.key(id, event);
    if (panel && !this.#panels.of(id)) this.#focusIn(id, `[data-control="${panel}"]`);
  }

  /** Puts the focus on a part of a call, once it is drawn. */
  #focusIn(id: string, selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-call="${CSS.escape(id)}"] ${selector}`)?.focus());
  }

  /** The person chose somebody in the Team Communicator of a call. */
  #handleTarget(service: SipService, { id }: Call, event: DesksideEvent<'targetaction'>): void {
    const { action, target } = event.detail;
    const act = targetAction(action);
    if (!act || event.defaultPrevented) return;
    event.stopPropagation();
    if (!emit(this, 'targetaction', event.detail)) return;
    this.#panels.close(id);
    this.#focusIn(id, '.controls button');
    service.preferences.addRecent(target);
    void this.#commands.run(`consult ${id}`, () => act(service, id, target));
  }

  #facts(service: SipService, call: Call): ControlFacts {
    const all = this.#all.value ?? [];
    const contact = all.find(({ id }) => id === call.contactId);
    return {
      call,
      here: service.calls.sound.isHere(call.id),
      panel: this.#panels.of(call.id),
      contact: isUp(contact) ? contact : undefined,
      consultation: all.findLast(({ contactId }) => contactId === call.id),
      finder: customElements.get('team-communicator') !== undefined,
    };
  }

  #again(service: SipService, { id, peer }: Call): void {
    service.calls.start({ type: 'agent', ...peer });
    service.calls.close(id);
  }

  override render(): TemplateResult | typeof nothing {
    const { activeService: service } = this;
    const calls = this.#calls;
    if (!service || !this.#all.value) return this.renderInert();
    if (!calls.length) return nothing;
    return html`<div class="calls">
      ${repeat(
        calls,
        ({ id }) => id,
        (call) => this.#renderCall(service, call),
      )}
    </div>`;
  }

  #renderCall(service: SipService, call: Call): TemplateResult {
    const { id, status } = call;
    const facts = this.#facts(service, call);
    const { here, panel, contact } = facts;
    const retrieve = (): void => void this.#commands.run(`hold ${id}`, () => service.calls.retrieve(contact?.id ?? ''));
    const label = this.text('call.label', { name: call.peer.name });
    return html`<article
      class="card ${status}"
      part="call"
      data-call=${id}
      aria-label=${label}
      @keydown=${(event: KeyboardEvent) => this.#handleKey(id, event)}
    >
      ${contactRow(this, contact, status === 'ended' && contact?.status === 'held' ? retrieve : undefined)} ${this.#renderHeader(call)}
      ${status === 'connected' && here && !call.muted && !call.line ? html`<div class="bar level" aria-hidden="true"><span data-level=${id}></span></div>` : nothing}
      ${this.#renderNotices(service, call, here)}
      <div class="controls button-row" part="controls">
        ${status === 'alerting' ? this.#renderAnswer(service, call) : nothing}
        ${CONTROLS.filter(({ shown }) => shown(facts)).map((control) => this.#renderControl(service, control, facts))}
        ${status === 'ended' ? endedButtons(this, call, { again: () => this.#again(service, call), done: () => service.calls.close(id) }) : nothing}
      </div>
      ${panel === 'consult' ? this.#renderFinder(service, call) : nothing}
      ${panel === 'keypad' ? keypad(this, this.#panels.pressed(id), (key) => this.#panels.press(id, key)) : nothing}
      ${panel === 'sound' ? soundChoice(this, this.#panels.devices, (kind, device) => this.#panels.useDevice(kind, device)) : nothing}
    </article>`;
  }

  #renderFinder(service: SipService, call: Call): TemplateResult {
    return html`<div class="finder">
      <team-communicator
        inline
        mode="consult"
        .service=${service}
        .strings=${this.strings}
        @targetaction=${(event: DesksideEvent<'targetaction'>) => this.#handleTarget(service, call, event)}
      ></team-communicator>
    </div>`;
  }

  #renderHeader(call: Call): TemplateResult {
    const { peer, connectedAt, endedAt } = call;
    const elapsed = connectedAt === undefined ? undefined : (endedAt ?? this.#clock.now) - connectedAt;
    const known = this.#presence.value?.[peer.address];
    // Nobody watches for a call: what is not known, or of whom the call is over, has no mark.
    const presence = known === 'unknown' || !isAlive(call) ? undefined : known;
    return header(this, call, { status: this.#status(call), presence, elapsed });
  }

  #renderNotices(service: SipService, call: Call, here: boolean): TemplateResult {
    const failed = this.#failure(call);
    return html`${trouble(this, call, () => void service.calls.sound.allow(call.id))}
    ${call.heldByPeer ? notice(this.text('call.held-by-peer')) : nothing}
    ${isUp(call) && !here && !call.line ? notice(this.text('call.elsewhere'), '') : nothing} ${transferLine(this, call)}
    ${call.outcome?.text ? html`<p class="quote" dir="auto">${call.outcome.text}</p>` : nothing}
    ${failed ? notice(failed, 'error') : nothing}`;
  }

  /** Words of the last command that failed; what the call's own trouble says is not said twice. */
  #failure(call: Call): string | undefined {
    const names = ['answer', 'reject', 'done', ...CONTROLS.map(({ name }) => name)].map((name) => `${name} ${call.id}`);
    const failure = [...names, this.#panels.lastKey(call.id), 'device'].map((name) => this.#commands.failure(name)).find(Boolean);
    if (!failure || (failure.code === 'media' && call.trouble)) return undefined;
    return this.text(`error.${failure.code}`);
  }

  #renderAnswer(service: SipService, { id, pending }: Call): TemplateResult {
    const busy = pending !== undefined || this.#commands.pending(`answer ${id}`) || this.#commands.pending(`reject ${id}`);
    return answerButtons(this, {
      busy,
      press: (name) => void this.#commands.run(`${name} ${id}`, () => service.calls[name](id)),
      unblock: this.#ring.blocked && !this.#ring.unavailable ? () => this.#ring.unblock() : undefined,
    });
  }

  #renderControl(service: SipService, control: Control, facts: ControlFacts): TemplateResult {
    const { name, pending = [] } = control;
    const { call } = facts;
    const busy = this.#commands.pending(`${name} ${call.id}`) || (call.pending !== undefined && pending.includes(call.pending));
    return button(this, control, facts, { busy, press: () => this.#run(facts, control, service) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'voice-call': VoiceCall;
  }
}
