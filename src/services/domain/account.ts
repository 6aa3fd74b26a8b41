/** The agent as the settings describe them. */
import { withheldBy } from './notices.js';
import { partyOf } from './party.js';
import type { Right } from './rights.js';
import type { Account } from './slices.js';

/** Settings that say who the agent is, and what they may do. */
export interface AccountSettings {
  readonly address: string;
  readonly displayName: string;
  readonly rights: readonly Right[];
  readonly outboundCampaign: string;
  readonly readReceipts: boolean;
  readonly typingNotices: boolean;
}

/** The account that settings stand for. */
export function accountOf(config: AccountSettings): Account {
  const { rights, outboundCampaign } = config;
  const withheld = withheldBy(config);
  return {
    ...partyOf(config.address, config.displayName),
    rights,
    ...(outboundCampaign ? { outboundCampaign } : {}),
    ...(withheld.length ? { withheld } : {}),
  };
}

/** Whether two accounts say the same. */
export function sameAccount(one: Account | undefined, other: Account | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
