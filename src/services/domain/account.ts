/** The agent as the settings describe them. */
import { partyOf } from './party.js';
import type { Right } from './rights.js';
import type { Account } from './slices.js';

/** The account that settings stand for. */
export function accountOf(config: { address: string; displayName: string; rights: readonly Right[]; outboundCampaign: string }): Account {
  const { rights, outboundCampaign } = config;
  return { ...partyOf(config.address, config.displayName), rights, ...(outboundCampaign ? { outboundCampaign } : {}) };
}

/** Whether two accounts say the same. */
export function sameAccount(one: Account | undefined, other: Account | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
