/** Well-formed messages between tabs, and what a tab keeps over a reload: one of each kind. */
import type { Call } from '../../src/services/domain/call.js';
import type { Command } from '../../src/services/domain/commands.js';
import type { DomainEvent } from '../../src/services/domain/events.js';
import type { Kept } from '../../src/services/tabs/schema/kept.js';
import type { Slice } from '../../src/services/tabs/schema/slices.js';
import type { TabMessage } from '../../src/services/tabs/tab-message.js';
import { CASE, JOHN, line, session, systemLine, transcript } from '../support/people.js';

const INSTANCE = 'urn:uuid:00000000-0000-4000-8000-000000000001';
const DIALOG = { callId: 'c', localTag: 'l', remoteTag: 'r', remoteTarget: 'sip:x@y' };
const CHANNELS = { im: { state: 'ready', pending: 'not-ready' }, voice: { state: 'logged-off', since: 3 } } as const;
const CALL: Call = {
  id: 'k1',
  direction: 'incoming',
  role: 'contact',
  status: 'connected',
  peer: JOHN,
  parties: [JOHN],
  muted: false,
  heldByPeer: false,
  startedAt: 1,
  transfer: { to: JOHN, status: 'failed', outcome: { code: 'busy' } },
  can: { hold: true },
  dialog: DIALOG,
};

const EVENTS: readonly DomainEvent[] = [
  { type: 'connection', at: 1, connection: { status: 'reconnecting', since: 1, retryAt: 2, error: { code: 'unreachable', message: 'x' } } },
  { type: 'account', at: 1, account: { ...JOHN, rights: ['im-use'], outboundCampaign: 'Spring' } },
  { type: 'channels', at: 1, channels: CHANNELS },
  { type: 'presence', at: 1, address: JOHN.address, presence: { state: 'ready', channels: { im: { state: 'ready' } } } },
  { type: 'session-opened', at: 1, session: session({ id: 's2' }), caseData: { seq: 1, interaction: CASE.interaction, data: CASE.data } },
  { type: 'invitation-received', at: 1, session: session({ id: 's3' }), message: { id: 'm', text: 'x', at: 1 } },
  { type: 'session-accepted', at: 1, sessionId: 's1', by: JOHN, own: false, dialog: DIALOG },
  { type: 'session-ended', at: 1, sessionId: 's1', outcome: { code: 'rejected', by: JOHN, own: false, text: 'later', status: 603 } },
  { type: 'session-closed', at: 1, sessionId: 's1' },
  { type: 'session-pending', at: 1, sessionId: 's1', pending: null },
  { type: 'case-updated', at: 1, sessionId: 's1', caseData: { seq: 2, interaction: CASE.interaction, data: CASE.data } },
  { type: 'typing', at: 1, sessionId: 's1', from: JOHN, active: true },
  { type: 'message-written', at: 1, sessionId: 's1', id: 'm9', text: 'x', state: 'queued' },
  { type: 'message-state', at: 1, sessionId: 's1', id: 'm1', state: 'failed', failure: 'too-long' },
  { type: 'message-received', at: 1, sessionId: 's1', id: 'm8', from: JOHN, text: 'hello', sentAt: 1 },
  { type: 'system-line', at: 1, sessionId: 's1', code: 'ended.no-answer' },
  { type: 'party-joined', at: 1, sessionId: 's1', party: JOHN },
  { type: 'call', at: 1, call: CALL },
];

/** What a tab that follows begins with. */
export const SLICES: readonly Slice[] = [
  ['connection', { status: 'ready', since: 1 }],
  ['channels', CHANNELS],
  ['session:s1', session({ outcome: { code: 'ended' }, dialog: DIALOG })],
  ['transcript:s1', transcript(line('m1', 'hello'), systemLine('system-1', 'accepted'))],
  ['case:s1', CASE],
  ['typing:s1', [JOHN]],
  ['sessions', ['s1']],
  ['call:k1', CALL],
  ['calls', ['k1']],
];

const COMMANDS: readonly Command[] = [
  { type: 'im.open', sessionId: 's4', target: { type: 'agent', address: JOHN.address, name: 'John' } },
  { type: 'im.send', sessionId: 's1', messageId: 'm2', text: 'hello' },
  { type: 'im.reject', sessionId: 's1', text: 'later', busy: true },
  { type: 'im.case', sessionId: 's1', data: CASE.data },
  { type: 'channel.set', channel: 'im', setting: 'not-ready', reason: 'Lunch' },
  { type: 'presence.watch', watcher: 'w', addresses: [JOHN.address] },
  { type: 'call.dtmf', callId: 'k1', tones: '12' },
];

const FROM = { from: 'a' };
const LED = { ...FROM, term: 1 };

const MESSAGES: readonly TabMessage[] = [
  { type: 'hello', ...FROM },
  { type: 'lead', ...LED, instance: INSTANCE },
  { type: 'state', ...LED, to: 'b', seq: 1, instance: INSTANCE, part: 0, last: true, slices: SLICES },
  ...EVENTS.map((event): TabMessage => ({ type: 'event', ...LED, seq: 2, event })),
  ...COMMANDS.map((command, at): TabMessage => ({ type: 'ask', ...FROM, id: `q${at}`, command, again: false })),
  { type: 'answer', ...LED, to: 'b', id: 'q1', error: { code: 'unreachable', message: 'x', status: 503 } },
  { type: 'sound-ask', ...LED, to: 'b', id: 'q2', place: { mediaId: 'k1', tab: 'b' }, request: { type: 'answer', sdp: 'v=0' } },
  { type: 'sound-reply', ...FROM, id: 'q2', reply: { sdp: 'v=0', heldByPeer: true } },
  { type: 'sound-news', ...FROM, news: { mediaId: 'k1', way: 'open', trouble: null } },
];

const KEPT: Kept = {
  tab: 'a',
  channels: CHANNELS,
  windows: ['s1'],
  sessions: [{ session: session({ dialog: DIALOG }), isWhole: true, lines: [line('m1', 'hello')], heard: ['m1'] }],
};

/** Each as the text that goes over the channel, or into storage. */
export const TAB_SAMPLES: readonly string[] = [...MESSAGES, KEPT].map((one) => JSON.stringify(one));
