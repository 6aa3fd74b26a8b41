/** `<sip-provider>`: owns, or is given, the shared service, and hands it to every element that uses it. */
import { ContextProvider } from '@lit/context';
import { ReactiveElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import {
  createSipService,
  sipServiceContext,
  type CaseSharing,
  type ContactSource,
  type Credentials,
  type DirectorySearch,
  type DirectorySource,
  type HostAdapter,
  type PreferenceStore,
  type SipService,
} from '../../services/index.js';
import { watchLocale } from '../internal/locale.js';
import { stringsContext } from '../internal/strings-context.js';
import { stringsProblem, type StringsOverride } from '../internal/strings.js';
import { warnOnce } from '../internal/warn.js';
import { configOf } from './attributes.js';
import { tellEvents } from './service-events.js';

/** How long a removed provider waits before it ends its service, in ms: frameworks move and re-mount elements. */
const REMOVAL_GRACE = 5000;

/**
 * The connection of one agent, shared by every element inside it, and by every element anywhere that names it with `provider="id"`. It has
 * no box and no shadow root. Moving it in the DOM ends nothing; removed for five seconds it ends its sessions and its connection.
 *
 *     <sip-provider server="wss://switch.example/ws" address="sip:kate@example.com" display-name="Kate Lewis">
 *       <team-communicator></team-communicator>
 *     </sip-provider>
 *     <script>document.querySelector('sip-provider').credentials = () => fetchPassword();</script>
 *
 * @slot - Anything; left where it is.
 * @fires servicestate - The connection changed: `{status, since, retryAt?, error?}`. Bubbles once.
 * @fires imsession - A session changed its state: `{sessionId, status, party, direction}`. Bubbles once.
 * @fires imended - A session ended: `{sessionId, outcome}`. Bubbles once.
 * @fires callstate - A call changed its state: `{callId, status, party, direction}`. Bubbles once.
 * @fires serviceerror - Something failed: `{code, message}`; the message says what to do. Bubbles once.
 */
export class SipProvider extends ReactiveElement {
  /** WebSocket URLs of the switch, separated by spaces, tried in order. */
  @property() server = '';

  /** The agent's SIP address. */
  @property() address = '';

  /** The agent's name, as others see it. */
  @property({ attribute: 'display-name' }) displayName = '';

  /** User name for the switch; by default the user part of the address. */
  @property({ attribute: 'auth-user' }) authUser = '';

  /** Password, HA1, token, or a function that fetches one. A property only: an attribute would be there for all to read. */
  @property({ attribute: false }) credentials: Credentials | undefined;

  /** URL of a directory: a JSON array of targets. */
  @property() directory = '';

  /** Targets, or a function that fetches them page by page. */
  @property({ attribute: false }) directorySource: DirectorySource | undefined;

  /** Finds targets that are not in the page, as the agent types. */
  @property({ attribute: false }) directorySearch: DirectorySearch | undefined;

  /** Finds contacts. */
  @property({ attribute: false }) contactSource: ContactSource | undefined;

  /** Favorites that the administrator gives to every agent: records of targets, each with a `category` if it has one. */
  @property({ attribute: false }) corporateFavorites: readonly unknown[] | undefined;

  /** Keeps favorites, recents and zoom: `{load(agent), save(agent, text)}`; by default the browser's own storage. */
  @property({ attribute: false }) preferenceStore: PreferenceStore | undefined;

  /** The page around, as `HostAdapter`. */
  @property({ attribute: false }) hostAdapter: HostAdapter | undefined;

  /** What of an interaction may leave the page with a consultation: keys, caps, what is masked. */
  @property({ attribute: false }) caseSharing: CaseSharing | undefined;

  /** What the agent may do, separated by spaces; without the attribute everything but taking transcripts out. */
  @property() rights: string | undefined;

  /** Channels to log in on by itself once connected: `im`, `voice`, separated by spaces. */
  @property({ attribute: 'auto-login' }) autoLogin = '';

  /** Seconds that an invitation lives. */
  @property({ type: Number, attribute: 'invitation-timeout' }) invitationTimeout = 60;

  /** Domains that count as internal, separated by spaces; by default the agent's own. */
  @property({ attribute: 'internal-domains' }) internalDomains = '';

  /** Name of the outbound campaign that the agent is in; absent otherwise. */
  @property({ attribute: 'outbound-campaign' }) outboundCampaign = '';

  /** `shared` (default): all tabs of the agent are one. `separate`: each is on its own. */
  @property() tabs: 'shared' | 'separate' = 'shared';

  /**
   * What this tab keeps over a reload while a session is open: `sessions` (default: who and where, and texts that were not confirmed),
   * `transcripts` (all texts, too), or `nothing`.
   */
  @property({ attribute: 'keep-for-reload' }) keepForReload: 'nothing' | 'sessions' | 'transcripts' = 'sessions';

  /** STUN and TURN URLs for calls, separated by spaces. Servers with credentials go into the property `iceServerList`. */
  @property({ attribute: 'ice-servers' }) iceServers = '';

  /** STUN and TURN servers with credentials; wins over `ice-servers`. */
  @property({ attribute: false }) iceServerList: readonly RTCIceServer[] | undefined;

  /** Whether sound goes through the TURN servers alone, so that peers do not learn this machine's addresses. */
  @property({ type: Boolean, attribute: 'relay-only' }) relayOnly = false;

  /** Whether a contact on hold is taken back by itself when the consultation is over; without it, with one click. */
  @property({ type: Boolean, attribute: 'auto-retrieve' }) autoRetrieve = false;

  /** Neither asks for nor sends read receipts (RFC 5438), whatever the agent chooses in `<agent-status>`. May change while sessions are open. */
  @property({ type: Boolean, attribute: 'without-read-receipts' }) withoutReadReceipts = false;

  /** Does not tell others that the agent types (RFC 3994), whatever the agent chooses. May change while sessions are open. */
  @property({ type: Boolean, attribute: 'without-typing-notices' }) withoutTypingNotices = false;

  /** Invitations that may wait at once; more are answered busy. */
  @property({ type: Number, attribute: 'max-pending' }) maxPending = 20;

  /** Words that replace those of the strings table, for every element that uses this provider. */
  @property({ attribute: false }) strings: StringsOverride | undefined;

  readonly #serviceProvider = new ContextProvider(this, { context: sipServiceContext });
  readonly #stringsProvider = new ContextProvider(this, { context: stringsContext });
  #service: SipService | undefined;
  #owned = false;
  #events: AbortController | undefined;
  #removal: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void) | undefined;

  /** The shared service. Made on first use; set it to share one that the page made itself. */
  get service(): SipService {
    if (!this.#service) {
      this.#owned = true;
      this.#use(createSipService());
    }
    return this.#service as unknown as SipService;
  }

  set service(service: SipService) {
    if (service === this.#service) return;
    this.#release();
    this.#owned = false;
    this.#use(service);
  }

  override connectedCallback(): void {
    clearTimeout(this.#removal);
    super.connectedCallback();
    this.#unwatch = watchLocale(this, () => this.#shareStrings());
    void this.service;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#removal = setTimeout(() => this.#release(), REMOVAL_GRACE);
  }

  /** Connects at once instead of waiting for the next attempt. */
  reconnect(): void {
    this.service.reconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    if (changed.has('strings')) this.#shareStrings();
    // Attributes and properties may come in any order and before attaching: one configuration for all that came together.
    if (this.#owned && changed.size > 0) this.#service?.configure(configOf(this));
  }

  #use(service: SipService): void {
    this.#service = service;
    this.#events = new AbortController();
    tellEvents(this, service, this.#events.signal);
    this.#serviceProvider.setValue(service);
    this.requestUpdate();
  }

  /** Lets go of the service; ends it where it is ours. */
  #release(): void {
    this.#events?.abort();
    const service = this.#service;
    this.#service = undefined;
    this.#serviceProvider.setValue(undefined);
    if (this.#owned && service) void service.stop();
  }

  #shareStrings(): void {
    const problem = stringsProblem(this.strings);
    if (problem) warnOnce(this, 'strings', problem);
    this.#stringsProvider.setValue({ ...(this.strings ? { strings: this.strings } : {}), ...(this.lang ? { lang: this.lang } : {}) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-provider': SipProvider;
  }
}
