/** What every part of the engine works with, made from the host and the engine's own present state. */
import { isInternalAddress } from '../domain/im-rules.js';
import { partyOf, type Party } from '../domain/party.js';
import type { ChannelName } from '../domain/presence.js';
import type { EngineHost } from '../engine.js';
import type { ServiceConfig } from '../service-config.js';
import type { EngineContext } from './engine-part.js';
import type { SipGateway } from './gateway.js';

/** The engine's present state. */
export interface EngineState {
  config(): ServiceConfig;
  gateway(): SipGateway | undefined;
  online(): boolean;
  setBusy(channel: ChannelName, busy: boolean): Promise<void>;
}

/** Makes the context. */
export function makeContext(host: EngineHost, state: EngineState): EngineContext {
  const self = (): Party => {
    const account = host.read('account');
    return account
      ? { address: account.address, name: account.name, user: account.user }
      : partyOf(state.config().address, state.config().displayName);
  };
  return {
    host,
    get config() {
      return state.config();
    },
    get gateway() {
      return state.gateway();
    },
    get online() {
      return state.online();
    },
    self,
    party: ({ address, name }) => {
      const party = partyOf(address, name);
      return partyOf(address, host.nameOf?.(party.address) ?? name);
    },
    internal: (address) => isInternalAddress(address, state.config().internalDomains, state.config().address),
    tell: (event) => host.emit({ at: host.environment.now(), ...event }),
    setBusy: (channel, busy) => state.setBusy(channel, busy),
  };
}
