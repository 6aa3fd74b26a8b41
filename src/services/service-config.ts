/** What an integrator sets on the service; `<sip-provider>` fills it from its attributes and properties. */
import type { HostAdapter } from './hosts/host-adapter.js';
import type { PreferenceStore } from './directory/preference-store.js';
import type { DirectorySearch, DirectorySource, ContactSource } from './directory/sources.js';
import type { Right } from './domain/rights.js';
import { DEFAULT_RIGHTS } from './domain/rights.js';
import type { CaseSharing } from './domain/case-sharing.js';
import type { ChannelName } from './domain/presence.js';

/** What proves the agent's identity to the switch: a password, an HA1 hash (RFC 7616, 3.4.2: hex of H(user:realm:password)), or a bearer token (RFC 8898). */
export type Secret = string | { readonly password: string } | { readonly ha1: string } | { readonly token: string };

/** Why credentials are asked for. */
export interface CredentialRequest {
  /** Realm of the challenge; absent before the first one. */
  readonly realm?: string;
  /** How often the switch has refused in a row. */
  readonly attempt: number;
}

/** A secret, or a function that fetches one; asked again after every refusal. Never an attribute, never stored, never logged. */
export type Credentials = Secret | ((request: CredentialRequest) => Secret | Promise<Secret>);

/** Settings of the service. */
export interface ServiceConfig {
  /** WebSocket URLs of the switch (RFC 7118), tried in order. */
  readonly servers: readonly string[];
  /** The agent's SIP address (`sip:kate@deskside.test`). */
  readonly address: string;
  readonly displayName: string;
  /** User name for digest; by default the user part of the address. */
  readonly authUser: string;
  readonly credentials: Credentials | undefined;
  readonly rights: readonly Right[];
  /** Channels to log in on by itself once connected. */
  readonly autoLogin: readonly ChannelName[];
  /** Seconds that an invitation lives (sent as Expires). Default 60. */
  readonly invitationTimeout: number;
  /** Domains that count as internal; by default the domain of `address`. */
  readonly internalDomains: readonly string[];
  /** Name of the outbound campaign that the agent is in; empty for none. */
  readonly outboundCampaign: string;
  /** `shared`: all tabs of the agent share one connection. `separate`: each tab has its own. */
  readonly tabs: 'shared' | 'separate';
  readonly iceServers: readonly RTCIceServer[];
  /** Whether sound goes through TURN servers alone (RFC 8828, 5.2, mode 4), so that peers do not learn this machine's addresses. Default false. */
  readonly relayOnly: boolean;
  /** URL of a directory (JSON array of targets), inline targets, or a function; several are merged. */
  readonly directory: string;
  readonly directorySource: DirectorySource | undefined;
  /** Asked as the agent types for targets that are not in the page. */
  readonly directorySearch: DirectorySearch | undefined;
  readonly contactSource: ContactSource | undefined;
  /** Favorites that the administrator gives to every agent: records of targets, each with a `category` if it has one. Read-only for agents. */
  readonly corporateFavorites: readonly unknown[];
  /** Keeps favorites, recents and zoom in place of the browser's own storage. */
  readonly preferenceStore: PreferenceStore | undefined;
  readonly hostAdapter: HostAdapter | undefined;
  /** What of an interaction may leave the page with a consultation. */
  readonly caseSharing: CaseSharing;
  /** Whether a contact on hold is taken back by itself when the consultation about it is over. Default false: with one click. */
  readonly autoRetrieve: boolean;
  /** Ask for and send read receipts (RFC 5438). Default true. */
  readonly readReceipts: boolean;
  /** Tell peers while the agent types (RFC 3994). Default true. */
  readonly typingNotices: boolean;
  /** Invitations that may wait at once; more are answered busy. Default 20. */
  readonly maxPending: number;
  /**
   * What is kept in this tab's sessionStorage while a session is open, so that a reload can pick it up: `sessions` (default: who and where, and
   * what was not confirmed), `transcripts` (all texts, too), or `nothing`.
   */
  readonly keepForReload: 'nothing' | 'sessions' | 'transcripts';
}

/** What holds where nothing is set. */
export const DEFAULT_CONFIG: ServiceConfig = Object.freeze({
  servers: [],
  address: '',
  displayName: '',
  authUser: '',
  credentials: undefined,
  rights: DEFAULT_RIGHTS,
  autoLogin: [],
  invitationTimeout: 60,
  internalDomains: [],
  outboundCampaign: '',
  tabs: 'shared',
  iceServers: [],
  relayOnly: false,
  directory: '',
  directorySource: undefined,
  directorySearch: undefined,
  contactSource: undefined,
  corporateFavorites: [],
  preferenceStore: undefined,
  hostAdapter: undefined,
  caseSharing: {},
  autoRetrieve: false,
  readReceipts: true,
  typingNotices: true,
  maxPending: 20,
  keepForReload: 'sessions',
});
