/** What others may know of an agent: per channel, ready or not, and why. */

/** The channels (media) that an agent logs in on. */
export type ChannelName = 'im' | 'voice';

/** Every channel. */
export const CHANNELS: readonly ChannelName[] = ['im', 'voice'];

/**
 * The presence words:
 * - `ready`: takes work on the channel.
 * - `not-ready`: logged in, takes none, with a reason.
 * - `after-call-work`: finishing what was.
 * - `busy`: in a call or session that leaves no room.
 * - `do-not-disturb`: refuses invitations by itself.
 * - `logged-off`: not logged in.
 * - `unknown`: the switch does not tell, or has not yet.
 */
export type PresenceState = 'ready' | 'not-ready' | 'after-call-work' | 'busy' | 'do-not-disturb' | 'logged-off' | 'unknown';

/** The state of one channel as it is published. */
export interface ChannelPresence {
  readonly state: PresenceState;
  /** Reason for Not Ready, as people read it. */
  readonly reason?: string;
  /** Wall-clock ms since when; absent where the publisher does not tell. */
  readonly since?: number;
}

/** An agent's presence: one word for the row, and each channel for the details. */
export interface Presence extends ChannelPresence {
  readonly channels: Readonly<Partial<Record<ChannelName, ChannelPresence>>>;
}

/** Presence of someone nothing is known of. */
export const UNKNOWN_PRESENCE: Presence = Object.freeze({ state: 'unknown', channels: Object.freeze({}) });

/** Most telling first: the order in which several channels or devices are folded into one word. */
const PRECEDENCE: readonly PresenceState[] = ['do-not-disturb', 'busy', 'ready', 'after-call-work', 'not-ready', 'logged-off', 'unknown'];

/** Folds channels (of one agent) into the one word that a row shows. */
export function summarise(channels: Presence['channels']): Presence {
  const all = Object.values(channels);
  const top = PRECEDENCE.map((state) => all.find((channel) => channel.state === state)).find(Boolean);
  return { ...(top ?? { state: 'unknown' }), channels };
}
