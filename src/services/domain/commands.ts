/**
 * Commands: what a person (or the page) asks for, as plain JSON, so that a tab without the connection can hand them to the tab that has it.
 * The engine does them on the wire; what the wire confirms comes back as domain events.
 */
import type { ChannelSetting } from './channel.js';
import type { CaseData, CaseEntry, InteractionRef } from './interaction.js';
import type { NoticeName } from './notices.js';
import type { ChannelName } from './presence.js';
import type { Right } from './rights.js';
import type { TargetRef } from './target.js';

/** Instant messaging. Ids are made by the caller, so that a command sent twice is done once. */
export type ImCommand =
  | { type: 'im.open'; sessionId: string; target: TargetRef; interaction?: InteractionRef; caseData?: CaseData }
  | { type: 'im.send'; sessionId: string; messageId: string; text: string }
  | { type: 'im.retry'; sessionId: string; messageId: string }
  | { type: 'im.accept'; sessionId: string }
  | { type: 'im.reject'; sessionId: string; text?: string; busy?: boolean }
  | { type: 'im.dismiss'; sessionId: string }
  | { type: 'im.end'; sessionId: string }
  | { type: 'im.close'; sessionId: string }
  /** Goes on in single messages where the peer's device refused a session. */
  | { type: 'im.page'; sessionId: string }
  | { type: 'im.typing'; sessionId: string; active: boolean }
  | { type: 'im.read'; sessionId: string }
  | { type: 'im.case'; sessionId: string; data: readonly CaseEntry[]; ended?: boolean };

/** Channels, account and presence. */
export type AccountCommand =
  | { type: 'channel.set'; channel: ChannelName; setting: ChannelSetting; reason?: string }
  | {
      type: 'account.update';
      displayName?: string;
      rights?: readonly Right[];
      outboundCampaign?: string | null;
      withheld?: readonly NoticeName[];
    }
  | { type: 'notices.set'; notice: NoticeName; on: boolean }
  | { type: 'connection.retry' }
  /** Replaces what `watcher` (one per tab) watches. */
  | { type: 'presence.watch'; watcher: string; addresses: readonly string[] };

/** Voice. */
export type CallCommand =
  | {
      type: 'call.start';
      callId: string;
      target: TargetRef;
      number?: string;
      interaction?: InteractionRef;
      sessionId?: string;
      role?: 'plain' | 'contact' | 'consultation';
      /** The contact's call that a consultation is about. */
      contactId?: string;
      /** The tab that gets the sound; without one the tab that has the connection. */
      tab?: string;
    }
  | { type: 'call.answer'; callId: string; tab?: string }
  | { type: 'call.reject' | 'call.hold' | 'call.resume' | 'call.end' | 'call.close'; callId: string }
  | { type: 'call.mute'; callId: string; muted: boolean }
  | { type: 'call.dtmf'; callId: string; tones: string }
  | { type: 'call.transfer'; callId: string; target: TargetRef; number?: string }
  | { type: 'call.complete-transfer' | 'call.complete-conference'; callId: string; consultationId: string };

/** Everything that can be asked for. */
export type Command = ImCommand | AccountCommand | CallCommand;
