/** What decides about the actions of one row, from what the element knows. */
import {
  isConnected,
  LOGGED_OFF_CHANNELS,
  type Channels,
  type ConnectionStatus,
  type Interaction,
  type Presence,
  type Right,
  type SipService,
} from '../../services/index.js';
import type { ActionFacts, CommunicatorMode } from './reasons.js';
import type { ResultRow } from './results.js';

/** What the snapshot says of the agent; undefined before there is one. */
export interface OwnFacts {
  readonly channels: Channels;
  readonly rights: readonly Right[];
  readonly own: string;
  readonly connection: ConnectionStatus | undefined;
  readonly inCall: boolean;
}

/** Where the row stands, and who it is. */
export interface FactsOptions {
  readonly service: SipService | undefined;
  readonly mode: CommunicatorMode;
  readonly interaction: Interaction | undefined;
  readonly presence: Presence | undefined;
  readonly row: ResultRow;
}

/** Gathers them. */
export function factsOf(agent: OwnFacts | undefined, { service, mode, interaction, presence, row }: FactsOptions): ActionFacts {
  const { address } = row.hit.target;
  const favorites = service?.preferences.favorites().filter(({ target }) => target.address === address) ?? [];
  return {
    mode,
    rights: agent?.rights ?? [],
    channels: agent?.channels ?? LOGGED_OFF_CHANNELS,
    own: agent?.own ?? '',
    online: isConnected(agent?.connection),
    callsAvailable: service?.calls.available ?? false,
    inCall: agent?.inCall ?? false,
    interaction,
    presence,
    favorite: favorites.length > 0,
    corporate: favorites.some(({ corporate }) => corporate),
  };
}
