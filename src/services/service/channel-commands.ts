/** The agent's own channels for elements and hosts. */
import type { ChannelCommands } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';
import type { ServiceState } from './state.js';

/** Makes the commands. */
export function createChannelCommands(state: ServiceState, bus: CommandBus): ChannelCommands {
  return {
    set: (channel, setting, reason) => bus.execute({ type: 'channel.set', channel, setting, ...(reason ? { reason } : {}) }),
    canJoinOutboundCampaign() {
      const im = state.read('channels')?.im;
      return (im?.state ?? 'logged-off') === 'logged-off' && (im?.pending ?? 'logged-off') === 'logged-off';
    },
  };
}
