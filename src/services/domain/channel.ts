/** The agent's own channels: logged in or out, Ready or Not Ready. */
import type { ChannelName, ChannelPresence } from './presence.js';

/** What an agent may set a channel to. Busy is not set by hand: it follows from calls. */
export type ChannelSetting = 'ready' | 'not-ready' | 'after-call-work' | 'do-not-disturb' | 'logged-off';

/** One own channel. `pending` holds what was asked for and is not confirmed by the switch yet. */
export interface Channel extends ChannelPresence {
  readonly state: ChannelSetting | 'busy';
  readonly pending?: ChannelSetting;
}

/** Both channels. */
export type Channels = Readonly<Record<ChannelName, Channel>>;

/** Nobody is logged in before the switch says so. */
export const LOGGED_OFF_CHANNELS: Channels = Object.freeze({
  im: Object.freeze({ state: 'logged-off' as const }),
  voice: Object.freeze({ state: 'logged-off' as const }),
});
