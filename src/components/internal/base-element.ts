/** The base of every element: styles, strings, language, and the way to the shared service. */
import { html, LitElement, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SipService } from '../../services/index.js';
import { sipServiceContext } from '../../services/sip-service-context.js';
import { focus, hidden, host, motion, tokens } from '../../styles/index.js';
import { ensureAnnouncer } from './announcer.js';
import { ContextLink } from './context-link.js';
import { isRtl, resolveLocale, watchLocale } from './locale.js';
import { Pace } from './pace.js';
import { commonWords } from './strings/en/common.js';
import {
  lookUp,
  onLanguages,
  stringsProblem,
  type EnglishTables,
  type StringKey,
  type StringsOverride,
  type TextValues,
} from './strings.js';
import { stringsContext } from './strings-context.js';
import { warnOnce } from './warn.js';

/** How long an element waits for a provider before it says that there is none, in ms: frameworks attach providers late. */
const PROVIDER_GRACE = 1000;

/** Whether a value can be the shared service, of this copy or of another with the same contract. */
function isService(value: unknown): value is SipService {
  return typeof value === 'object' && value !== null && 'snapshot' in value && 'contract' in value && value.contract === 1;
}

/**
 * Base class of the elements.
 *
 * The service comes from the property `service`, else from the provider named by `provider`, else from the nearest provider around. Read
 * it as `activeService`; without one, render `this.renderInert()`. Properties may come in any order, before or after attaching, and before
 * the class is defined. Moving an element keeps everything.
 */
export class DesksideElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, host, focus, hidden, motion];

  /** The tables of English that the element speaks from; one that says more adds its own: `static override english = [commonWords, sessionWords]`. */
  static english: EnglishTables = [commonWords];

  /** The shared service given directly; wins over any provider. */
  @property({ attribute: false }) service: SipService | null | undefined;

  /** Id of a `<sip-provider>` anywhere in the document, or in a shadow root around this element. */
  @property() provider: string | null | undefined;

  /** Words that replace those of the strings table, for this element alone. */
  @property({ attribute: false }) strings: StringsOverride | null | undefined;

  readonly #service = new ContextLink(this, sipServiceContext, () => this.requestUpdate());
  readonly #words = new ContextLink(this, stringsContext, () => this.#refreshLocale());
  readonly #pace = new Pace();
  #undo: (() => void)[] = [];
  #locale = 'en';

  /** The service to use now; undefined while there is none. */
  get activeService(): SipService | undefined {
    if (this.service === undefined || this.service === null) return this.#service.value ?? undefined;
    return isService(this.service) ? this.service : undefined;
  }

  /** Language tag for `Intl`. */
  get locale(): string {
    return this.#locale;
  }

  /** Whether the element is laid out from right to left now. */
  get rtl(): boolean {
    return isRtl(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    ensureAnnouncer(this.ownerDocument);
    const refresh = (): void => this.#refreshLocale();
    const grace = setTimeout(() => this.#warnIfAlone(), PROVIDER_GRACE);
    this.#undo = [watchLocale(this, refresh), onLanguages(() => this.requestUpdate()), () => clearTimeout(grace)];
    this.#refreshLocale();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const undo of this.#undo) undo();
    this.#undo = [];
  }

  /** A string of the table in the element's language; `values` fill its placeholders. */
  text(key: StringKey, values: TextValues = {}): string {
    const { english } = this.constructor as typeof DesksideElement;
    const words = lookUp(key, values, this.#locale, [this.strings ?? undefined, this.#words.value?.strings], english);
    if (words === undefined) warnOnce(this, key, `no English for "${key}". Add the table that has it to \`static english\` of the class.`);
    return words ?? key;
  }

  /** What stands in the place of an element that has no provider: nothing can be done with it. */
  protected renderInert(): TemplateResult {
    return html`<p class="inert" part="inert">${this.text('provider.missing')}</p>`;
  }

  /** Draws at once; in a flood of changes after a rest, with all that changed meanwhile. `updateComplete` waits for it. */
  protected override scheduleUpdate(): Promise<void> | undefined {
    const rest = this.#pace.rest(performance.now());
    if (rest > 0) return new Promise((resolve) => setTimeout(resolve, rest)).then(() => this.#draw());
    this.#draw();
    return undefined;
  }

  #draw(): void {
    const start = performance.now();
    // The base class draws within the call, and promises only for those who override it.
    void super.scheduleUpdate();
    this.#pace.drawn(start, performance.now());
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('provider')) this.#followProvider();
    if (changed.has('service') && this.service !== undefined && this.service !== null && !isService(this.service)) {
      warnOnce(this, 'service', '`service` is no SipService. Set what createSipService() returned, or use a <sip-provider>.');
    }
    const problem = changed.has('strings') ? stringsProblem(this.strings) : undefined;
    if (problem) warnOnce(this, 'strings', problem);
  }

  #followProvider(): void {
    this.#service.request();
    this.#words.request();
  }

  #refreshLocale(): void {
    this.#locale = resolveLocale(this, this.#words.value?.lang);
    this.requestUpdate();
  }

  #warnIfAlone(): void {
    if (this.activeService || !this.isConnected) return;
    const what = this.provider ? `finds no provider with the id "${this.provider}"` : 'has no provider';
    warnOnce(this, 'no-provider', `${what}. Put it into a <sip-provider>, name one with provider="id", or set its property \`service\`.`);
  }
}
