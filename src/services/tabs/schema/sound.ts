/** Checks of what is said about the sound of calls between the tab that signals and the tab that has it. */
import type { CallTrouble } from '../../domain/call.js';
import type { MediaNews, MediaPlace, MediaReply, MediaRequest } from '../../domain/call-media.js';
import { flag, list, maybe, name, oneOf, orNull, shape, text, variant } from './check.js';

type RequestOf<T extends MediaRequest['type']> = Extract<MediaRequest, { type: T }>;

/** What is wrong with a call's sound. */
export const trouble = oneOf<CallTrouble>({
  'microphone-refused': true,
  'microphone-missing': true,
  'microphone-busy': true,
  'autoplay-blocked': true,
  'ice-failed': true,
  'ice-restarting': true,
  insecure: true,
});

/** Where a session of media is. */
export const mediaPlace = shape<MediaPlace>({ mediaId: name, tab: maybe(name) });

/** What is asked of the tab that has it. */
export const mediaRequest = variant<MediaRequest['type']>('type', {
  offer: shape<RequestOf<'offer'>>({ type: name, held: flag, restart: maybe(flag) }),
  answer: shape<RequestOf<'answer'>>({ type: name, sdp: text }),
  settle: shape<RequestOf<'settle'>>({ type: name, sdp: text }),
  rollback: shape<RequestOf<'rollback'>>({ type: name }),
  mute: shape<RequestOf<'mute'>>({ type: name, muted: flag }),
  tones: shape<RequestOf<'tones'>>({ type: name, tones: text }),
  mix: shape<RequestOf<'mix'>>({ type: name, with: list(name, 100) }),
  close: shape<RequestOf<'close'>>({ type: name }),
});

/** What comes back. */
export const mediaReply = shape<MediaReply>({ sdp: maybe(text), heldByPeer: maybe(flag), sent: maybe(flag), trouble: maybe(trouble) });

/** What that tab tells by itself. */
export const mediaNews = shape<MediaNews>({
  mediaId: name,
  way: maybe(oneOf<NonNullable<MediaNews['way']>>({ open: true, interrupted: true, failed: true })),
  trouble: maybe(orNull(trouble)),
});
