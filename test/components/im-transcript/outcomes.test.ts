/** Why a session ended, and why a message failed: each in words of its own that an agent understands. */
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-transcript/im-transcript.define.js';
import type { ImTranscript } from '../../../src/components/im-transcript/im-transcript.js';
import { inviteOutcome } from '../../../src/services/domain/outcome.js';
import type { MessageFailure, OutcomeCode, TranscriptEntry } from '../../../src/services/index.js';
import { fakeService, mount, shown } from '../../support/elements.js';
import { line, session, systemLine, transcript } from '../../support/people.js';

const WORDS: Readonly<Record<OutcomeCode, string>> = {
  ended: 'John Davis ended the session',
  rejected: 'John Davis rejected the invitation',
  busy: 'John Davis is busy',
  'do-not-disturb': 'John Davis does not want to be disturbed now',
  'no-answer': 'The invitation timed out: John Davis did not answer',
  'not-logged-in': 'John Davis is not logged in',
  cancelled: 'John Davis cancelled the invitation',
  'answered-elsewhere': 'The invitation was answered elsewhere',
  'rejected-elsewhere': 'The invitation was rejected elsewhere',
  'no-such-agent': 'There is no agent with this address. Please check it',
  'not-allowed': 'Instant messaging with John Davis is not allowed. Your administrator can say why',
  foreign: 'Instant messaging is possible within your own contact centre only',
  unsupported: 'John Davis’s device cannot do instant messaging',
  unreachable: 'John Davis cannot be reached now: the connection or the switch failed. Please try again in a moment',
  'connection-lost': 'The session ended: the connection was lost',
  failed: 'The session failed. Please try again; if it fails again, tell your administrator',
};

/** What the switch answers an invitation with → what the caller reads. */
const ANSWERS: readonly (readonly [status: number, facts: Parameters<typeof inviteOutcome>[1], code: OutcomeCode])[] = [
  [403, {}, 'not-allowed'],
  [404, {}, 'no-such-agent'],
  [408, {}, 'no-answer'],
  [480, {}, 'not-logged-in'],
  [480, { ringing: true }, 'no-answer'],
  [481, {}, 'connection-lost'],
  [486, {}, 'busy'],
  [486, { doNotDisturb: true }, 'do-not-disturb'],
  [487, { cancelled: true }, 'cancelled'],
  [487, {}, 'no-answer'],
  [488, {}, 'unsupported'],
  [502, {}, 'unreachable'],
  [503, {}, 'unreachable'],
  [504, {}, 'unreachable'],
  [603, {}, 'rejected'],
  [603, { warning: true }, 'not-allowed'],
  [0, {}, 'unreachable'],
];

const show = (...lines: TranscriptEntry[]): Promise<ImTranscript> =>
  mount<ImTranscript>(
    html`<im-transcript session-id="s1"></im-transcript>`,
    fakeService({ sessions: ['s1'], 'session:s1': session({ status: 'ended' }), 'transcript:s1': transcript(...lines) }),
  );

describe('The line that says why a session ended', () => {
  for (const [code, words] of Object.entries(WORDS) as [OutcomeCode, string][]) {
    it(`${code}: ${words}`, async () => {
      expect(shown(await show(systemLine('system-0', `ended.${code}`)))).to.contain(words);
    });
  }

  it('differs for every outcome', () => {
    expect(new Set(Object.values(WORDS)).size).to.equal(Object.keys(WORDS).length);
  });

  it('carries the words of who rejected', async () => {
    expect(shown(await show(systemLine('system-0', 'ended.rejected', { text: 'in a meeting' })))).to.contain(
      'John Davis rejected the invitation: in a meeting',
    );
  });

  for (const [status, facts, code] of ANSWERS)
    it(`is "${WORDS[code]}" after ${status} ${JSON.stringify(facts)}`, () => expect(inviteOutcome(status, facts)).to.equal(code));
});

describe('The line of a message that failed', () => {
  const failures: readonly MessageFailure[] = [...(Object.keys(WORDS) as OutcomeCode[]), 'too-long', 'type-refused', 'session-ended'];
  for (const failure of failures) {
    it(`says why: ${failure}`, async () => {
      const element = await show(line('m', 'hi', { own: true, state: 'failed', failure }));
      const words = element.renderRoot.querySelector('.failed span')?.textContent ?? '';
      expect(words)
        .to.match(/^Not delivered: \S.+/)
        .and.not.contain('failure.');
    });
  }
});
