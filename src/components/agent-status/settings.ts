/** What the menu of a channel offers. */
import type { Channel, ChannelName, ChannelSetting } from '../../services/index.js';

/** One entry of a channel's menu. */
export interface SettingChoice {
  readonly setting: ChannelSetting;
  /** Reason of Not Ready. */
  readonly reason?: string;
}

/** Settings that make sense on a channel: Do Not Disturb answers invitations of instant messaging, After Call Work follows calls. */
const EXTRA: Readonly<Record<ChannelName, ChannelSetting>> = { im: 'do-not-disturb', voice: 'after-call-work' };

/** The entries in order. Logged off, only logging in (as Ready) is offered. */
export function choicesFor(name: ChannelName, channel: Channel, reasons: readonly string[]): readonly SettingChoice[] {
  if (channel.state === 'logged-off') return [{ setting: 'ready' }];
  return [
    { setting: 'ready' },
    { setting: 'not-ready' },
    ...reasons.map((reason) => ({ setting: 'not-ready' as const, reason })),
    { setting: EXTRA[name] },
    { setting: 'logged-off' },
  ];
}

/** Whether a channel is what an entry would make it. */
export function isChosen(channel: Channel, { setting, reason }: SettingChoice): boolean {
  return channel.state === setting && (channel.reason ?? '') === (reason ?? '');
}
