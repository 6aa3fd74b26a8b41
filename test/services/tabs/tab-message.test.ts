import { expect } from '@open-wc/testing';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { Transcript } from '../../../src/services/domain/transcript.js';
import { isDomainEvent } from '../../../src/services/tabs/schema/events.js';
import { isSlice, type Slice } from '../../../src/services/tabs/schema/slices.js';
import { cut, join } from '../../../src/services/tabs/snapshot-parts.js';
import { MAX_LENGTH, readTabMessage } from '../../../src/services/tabs/tab-message.js';
import { CASE, JOHN, line, session, systemLine, transcript } from '../../support/people.js';

const EVENTS: DomainEvent[] = [
  { type: 'connection', at: 1, connection: { status: 'reconnecting', since: 1, retryAt: 2, error: { code: 'unreachable', message: 'x' } } },
  { type: 'account', at: 1, account: { ...JOHN, rights: ['im-use'], outboundCampaign: 'Spring', withheld: ['read'] } },
  { type: 'notices', at: 1, notices: { read: false, typing: true } },
  { type: 'channels', at: 1, channels: { im: { state: 'ready', pending: 'not-ready' }, voice: { state: 'logged-off', since: 3 } } },
  { type: 'presence', at: 1, address: JOHN.address, presence: { state: 'ready', channels: { im: { state: 'ready' } } } },
  { type: 'session-opened', at: 1, session: session(), caseData: { seq: 1, interaction: CASE.interaction, data: CASE.data } },
  { type: 'invitation-received', at: 1, session: session(), message: { id: 'm', text: 'x', at: 1 } },
  { type: 'session-ended', at: 1, sessionId: 's1', outcome: { code: 'rejected', by: JOHN, own: false, text: 'later', status: 603 } },
  { type: 'session-pending', at: 1, sessionId: 's1', pending: null },
  { type: 'message-state', at: 1, sessionId: 's1', id: 'm', state: 'failed', failure: 'too-long' },
  { type: 'system-line', at: 1, sessionId: 's1', code: 'ended.no-answer' },
];

const SLICES: Slice[] = [
  ['session:s1', session({ outcome: { code: 'ended' }, dialog: { callId: 'c', localTag: 'l', remoteTag: 'r', remoteTarget: 'sip:x@y' } })],
  ['transcript:s1', transcript(line('m1', 'hello'), systemLine('system-1', 'accepted'))],
  ['case:s1', CASE],
  ['typing:s1', [JOHN]],
  ['sessions', ['s1']],
  ['notices', { read: false, typing: true }],
];

/** Every copy of a value in which one leaf, however deep, is of another type. */
function* spoilt(value: unknown, path = ''): IterableIterator<readonly [path: string, spoilt: unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, typeof value === 'string' ? 7 : 'x'];
  else if (Array.isArray(value))
    for (const [at, inner] of value.entries())
      for (const [where, bad] of spoilt(inner, `${path}/${at}`)) yield [where, value.with(at, bad)];
  else
    for (const [key, inner] of Object.entries(value))
      for (const [where, bad] of spoilt(inner, `${path}/${key}`)) yield [where, { ...value, [key]: bad }];
}

const said = (message: object): string => JSON.stringify(message);

describe('What tabs say', () => {
  it('is taken when it is one of the messages', () => {
    for (const event of EVENTS) {
      expect(isDomainEvent(event), event.type).to.equal(true);
      expect(readTabMessage(said({ type: 'event', from: 'a', term: 1, seq: 1, event }))).to.deep.equal({
        type: 'event',
        from: 'a',
        term: 1,
        seq: 1,
        event,
      });
    }
    for (const slice of SLICES) expect(isSlice(slice), slice[0]).to.equal(true);
  });

  it('is dropped when a field is missing, strange or of another type', () => {
    for (const event of EVENTS) {
      for (const field of Object.keys(event)) {
        const { [field]: value, ...rest } = event as unknown as Record<string, unknown>;
        if (field !== 'caseData' && field !== 'message' && field !== 'failure')
          expect(isDomainEvent(rest), `${event.type} without ${field}`).to.equal(false);
        expect(isDomainEvent({ ...rest, [field]: typeof value === 'string' ? 7 : 'x' }), `${event.type} ${field}`).to.equal(false);
      }
      expect(isDomainEvent({ ...event, constructor: 1 }), event.type).to.equal(false);
    }
  });

  it('is dropped when anything within it, however deep, is of another type', () => {
    const passed = [
      ...EVENTS.flatMap((event) => [...spoilt(event, event.type)].filter(([, bad]) => isDomainEvent(bad))),
      ...SLICES.flatMap((slice) => [...spoilt(slice, slice[0])].filter(([, bad]) => isSlice(bad as Slice))),
    ];
    expect(passed.map(([path]) => path)).to.deep.equal([]);
  });

  it('is dropped when it is nothing of the kind', () => {
    const nothing = [
      undefined,
      null,
      7,
      {},
      '',
      'x',
      '[]',
      'null',
      '{"type":"toString","from":"a"}',
      '{"type":"hello"}',
      said({ type: 'hello', from: 7 }),
    ];
    for (const value of nothing) expect(readTabMessage(value), typeof value).to.equal(undefined);
    expect(readTabMessage(said({ type: 'lead', from: 'a', term: -1, instance: crypto.randomUUID() }))).to.equal(undefined);
    expect(readTabMessage(said({ type: 'lead', from: 'a', term: 1, instance: '">\r\nEvil: yes' }))).to.equal(undefined);
    expect(readTabMessage(said({ type: 'event', from: 'a', term: 1, seq: 1, event: { type: '__proto__' } }))).to.equal(undefined);
    expect(isSlice(['windows', []])).to.equal(false);
    expect(isSlice(['draft:s1', 'mine'])).to.equal(false);
    expect(isSlice(['session:s1', { ...session(), peer: 'john' }])).to.equal(false);
  });

  it('is dropped when it is too long, unread', () => {
    expect(readTabMessage(said({ type: 'hello', from: 'x'.repeat(MAX_LENGTH) }))).to.equal(undefined);
  });
});

describe('A snapshot on its way', () => {
  it('is the same when it is put together again', () => {
    const long: Transcript = transcript(...Array.from({ length: 2000 }, (_, index) => line(`m${index}`, 'x'.repeat(100))));
    const many = Array.from({ length: 1000 }, (_, index): Slice => [`presence:sip:a${index}@x`, { state: 'ready', channels: {} }]);
    const slices: Slice[] = [...SLICES, ['transcript:s2', long], ['transcript:s3', transcript()], ...many];
    const parts = cut(slices);
    const whole = new Map<Slice[0], unknown>();
    for (const part of parts) {
      expect(JSON.stringify(part).length).to.be.below(MAX_LENGTH / 8);
      join(whole, JSON.parse(JSON.stringify(part)) as Slice[]);
    }
    expect([...whole]).to.have.deep.members(JSON.parse(JSON.stringify(slices)) as Slice[]);
  });

  it('has one part when there is nothing', () => {
    expect(cut([])).to.deep.equal([[]]);
  });
});
