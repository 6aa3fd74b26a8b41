/**
 * What the engine and the tab that has a call's sound say to each other: plain JSON, answered by promises, so that the two may be in
 * different tabs. The engine signals; the tab where the person clicked holds microphone, speaker and connection, and is the only one that
 * reads SDP (by handing it to the browser). The description's direction follows RFC 3264, 8.4: on hold we offer `sendonly` and send nothing.
 */
import type { CallTrouble } from './call.js';

/** What is asked of the tab. A session of media is made by its first `offer` or `answer`. */
export type MediaRequest =
  /** The description to offer: the first one, or a changed one (hold, resume, ICE restart). Replaces an offer that was not settled. */
  | { readonly type: 'offer'; readonly held: boolean; readonly restart?: boolean }
  /** The peer's offer; the reply has our answer. Takes back an offer of ours that is not settled. */
  | { readonly type: 'answer'; readonly sdp: string }
  /** The peer's answer to our offer, which holds from now on. */
  | { readonly type: 'settle'; readonly sdp: string }
  /** Our offer came to nothing: what held before it holds. */
  | { readonly type: 'rollback' }
  | { readonly type: 'mute'; readonly muted: boolean }
  /** DTMF (RFC 4733). `sent` is false where the peer does not take it: then it goes by INFO. Never logged. */
  | { readonly type: 'tones'; readonly tones: string }
  /** Everyone of these sessions hears everyone else from now on; an empty list takes this session out. */
  | { readonly type: 'mix'; readonly with: readonly string[] }
  | { readonly type: 'close' };

/** What comes back; a field is there where the request asks for it. */
export interface MediaReply {
  readonly sdp?: string;
  /** The peer takes nothing from us: it put us on hold. */
  readonly heldByPeer?: boolean;
  readonly sent?: boolean;
  /** It could not be done, for want of something that the agent can mend. */
  readonly trouble?: CallTrouble;
}

/** Where a session of media is. */
export interface MediaPlace {
  /** The call's id, with a number behind a slash where the call goes on over a new dialog. */
  readonly mediaId: string;
  /** The tab that has it; this one where absent. */
  readonly tab?: string;
}

/** What the tab tells by itself. */
export interface MediaNews {
  readonly mediaId: string;
  /** The way for sound: it is there, it is interrupted, or it cannot be had. */
  readonly way?: 'open' | 'interrupted' | 'failed';
  /** Something that the agent can mend; null once it is mended. */
  readonly trouble?: CallTrouble | null;
}

/** The way to the media, wherever they are. */
export interface MediaPort {
  /** @throws ServiceError `media` (the browser refuses; the tab is gone) */
  ask(place: MediaPlace, request: MediaRequest): Promise<MediaReply>;
  /** Calls `listener` for what any tab tells. One listener: the engine's. */
  listen(listener: (news: MediaNews) => void): void;
}
