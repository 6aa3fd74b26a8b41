/** From the provider's attributes to the service's settings. */
import { CHANNELS, DEFAULT_CONFIG, DEFAULT_RIGHTS, parseRights, type ServiceConfig } from '../../services/index.js';
import { warnOnce } from '../internal/warn.js';
import type { SipProvider } from './sip-provider.js';

/** Words of a space-separated list. */
function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** A number above 0; the default, with a warning, where the value is none. @param what it counts, for the warning */
function above0(provider: SipProvider, name: string, value: number, what: string, fallback: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  warnOnce(provider, name, `${name} must be a number of ${what} above 0; ${fallback} is used.`);
  return fallback;
}

function rightsOf(provider: SipProvider): ServiceConfig['rights'] {
  if (provider.rights === undefined) return DEFAULT_RIGHTS;
  const { rights, unknown } = parseRights(provider.rights);
  if (unknown.length) warnOnce(provider, 'rights', `Unknown rights are ignored: ${unknown.join(', ')}.`);
  return rights;
}

/** A word that is none of the three keeps what is kept by default, with a warning. */
function keptFor(provider: SipProvider): ServiceConfig['keepForReload'] {
  const { keepForReload } = provider;
  if (['nothing', 'sessions', 'transcripts'].includes(keepForReload)) return keepForReload;
  warnOnce(provider, 'keep-for-reload', 'keep-for-reload must be nothing, sessions or transcripts; sessions is used.');
  return 'sessions';
}

/** The settings that the provider's attributes and properties stand for. Never throws; what makes no sense is warned of once. */
export function configOf(provider: SipProvider): Partial<ServiceConfig> {
  return {
    servers: words(provider.server),
    address: provider.address.trim(),
    displayName: provider.displayName,
    authUser: provider.authUser,
    credentials: provider.credentials,
    rights: rightsOf(provider),
    autoLogin: CHANNELS.filter((channel) => words(provider.autoLogin).includes(channel)),
    invitationTimeout: above0(provider, 'invitation-timeout', provider.invitationTimeout, 'seconds', 60),
    maxPending: above0(provider, 'max-pending', provider.maxPending, 'invitations', 20),
    readReceipts: !provider.withoutReadReceipts,
    typingNotices: !provider.withoutTypingNotices,
    internalDomains: words(provider.internalDomains),
    outboundCampaign: provider.outboundCampaign,
    keepForReload: keptFor(provider),
    tabs: provider.tabs === 'separate' ? 'separate' : 'shared',
    iceServers: provider.iceServerList ?? words(provider.iceServers).map((urls) => ({ urls })),
    relayOnly: provider.relayOnly,
    autoRetrieve: provider.autoRetrieve,
    directory: provider.directory,
    directorySource: provider.directorySource,
    directorySearch: provider.directorySearch,
    contactSource: provider.contactSource,
    corporateFavorites: provider.corporateFavorites ?? DEFAULT_CONFIG.corporateFavorites,
    preferenceStore: provider.preferenceStore,
    hostAdapter: provider.hostAdapter,
    caseSharing: provider.caseSharing ?? {},
  };
}
