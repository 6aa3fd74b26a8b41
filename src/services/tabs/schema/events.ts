/** Checks of domain events that come from another tab: one entry for each type of `domain/events.ts`. */
import type { DomainEvent, EventOf } from '../../domain/events.js';
import { call } from './call.js';
import { flag, maybe, name, number, orNull, shape, text, variant, type Check } from './check.js';
import {
  account,
  caseData,
  channels,
  connection,
  dialog,
  messageFailure,
  messageState,
  notices,
  outcome,
  party,
  presence,
  session,
  sessionPending,
  systemCode,
} from './parts.js';

type Type = DomainEvent['type'];

/** What every event has; the type was looked at already. */
const HEAD = { type: name, at: number };
const ABOUT = { ...HEAD, sessionId: name };
const partyMoved = shape<EventOf<'party-joined'>>({ ...ABOUT, party });

const EVENTS: Readonly<Record<Type, Check>> = {
  connection: shape<EventOf<'connection'>>({ ...HEAD, connection }),
  account: shape<EventOf<'account'>>({ ...HEAD, account }),
  channels: shape<EventOf<'channels'>>({ ...HEAD, channels }),
  notices: shape<EventOf<'notices'>>({ ...HEAD, notices }),
  presence: shape<EventOf<'presence'>>({ ...HEAD, address: name, presence }),
  'session-opened': shape<EventOf<'session-opened'>>({ ...HEAD, session, caseData: maybe(caseData) }),
  'invitation-sent': shape<EventOf<'invitation-sent'>>({ ...ABOUT, expiresAt: number }),
  'invitation-ringing': shape<EventOf<'invitation-ringing'>>(ABOUT),
  'invitation-received': shape<EventOf<'invitation-received'>>({
    ...HEAD,
    session,
    message: maybe(shape<NonNullable<EventOf<'invitation-received'>['message']>>({ id: name, text, at: number })),
    caseData: maybe(caseData),
    frame: maybe(text),
  }),
  'invitation-dismissed': shape<EventOf<'invitation-dismissed'>>(ABOUT),
  'session-accepted': shape<EventOf<'session-accepted'>>({
    ...ABOUT,
    by: party,
    own: flag,
    dialog: maybe(dialog),
    plain: maybe(flag),
    withoutCase: maybe(flag),
  }),
  'session-ended': shape<EventOf<'session-ended'>>({ ...ABOUT, outcome }),
  'session-closed': shape<EventOf<'session-closed'>>(ABOUT),
  'session-pending': shape<EventOf<'session-pending'>>({ ...ABOUT, pending: orNull(sessionPending) }),
  'session-resuming': shape<EventOf<'session-resuming'>>({ ...ABOUT, resuming: flag, dialog: maybe(dialog) }),
  'session-paged': shape<EventOf<'session-paged'>>(ABOUT),
  'session-read': shape<EventOf<'session-read'>>(ABOUT),
  'party-joined': partyMoved,
  'party-left': partyMoved,
  'case-updated': shape<EventOf<'case-updated'>>({ ...ABOUT, caseData }),
  typing: shape<EventOf<'typing'>>({ ...ABOUT, from: party, active: flag }),
  'system-line': shape<EventOf<'system-line'>>({ ...ABOUT, code: systemCode, by: maybe(party), own: maybe(flag), text: maybe(text) }),
  'message-written': shape<EventOf<'message-written'>>({ ...ABOUT, id: name, text, state: messageState }),
  'message-state': shape<EventOf<'message-state'>>({ ...ABOUT, id: name, state: messageState, failure: maybe(messageFailure) }),
  'message-received': shape<EventOf<'message-received'>>({ ...ABOUT, id: name, from: party, text, sentAt: number }),
  call: shape<EventOf<'call'>>({ ...HEAD, call }),
  'call-closed': shape<EventOf<'call-closed'>>({ ...HEAD, callId: name }),
};

const check = variant<Type>('type', EVENTS);

/** Whether a value is a domain event. */
export function isDomainEvent(value: unknown): value is DomainEvent {
  return check(value);
}
