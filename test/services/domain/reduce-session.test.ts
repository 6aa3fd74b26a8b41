/** Case data that changes while a session lasts: each version counts once, in order, and for its own interaction. */
import { expect } from '@open-wc/testing';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { CaseData, SessionCase } from '../../../src/services/domain/interaction.js';
import { reduce, type ReadSlice } from '../../../src/services/domain/reduce.js';
import type { SharedSlices } from '../../../src/services/domain/slices.js';
import { entries } from '../../../src/services/domain/transcript.js';
import { session } from '../../support/people.js';

const version = (seq: number, priority: string, more: Partial<CaseData> = {}): CaseData => ({
  seq,
  interaction: { id: 'i1', media: 'voice', label: 'Broken TV' },
  data: [
    { key: 'type', label: 'Type', value: 'Support' },
    { key: 'priority', label: 'Priority', value: priority },
  ],
  ...more,
});

/** A desk that folds what happens. */
class Desk {
  readonly #slices = new Map<string, unknown>();
  readonly read = ((key: string) => this.#slices.get(key)) as ReadSlice;

  constructor(caseData: CaseData) {
    this.tell({ type: 'session-opened', at: 1, session: session({ id: 's', direction: 'incoming' }), caseData });
  }

  /** @returns the keys of the slices that it changed */
  tell(event: DomainEvent): (keyof SharedSlices)[] {
    return reduce(this.read, event).map(([key, value]) => {
      this.#slices.set(key, value);
      return key;
    });
  }

  update(caseData: CaseData): string[] {
    return this.tell({ type: 'case-updated', at: 2, sessionId: 's', caseData });
  }

  get case(): SessionCase | undefined {
    return this.read('case:s');
  }

  /** The system lines so far. */
  get said(): string[] {
    const transcript = this.read('transcript:s');
    return transcript ? [...entries(transcript)].map((line) => (line.kind === 'system' ? line.code : line.kind)) : [];
  }
}

describe('changed case data', () => {
  it('take the place of what was, and are marked', () => {
    const desk = new Desk(version(1, 'High'));
    expect(desk.update(version(2, 'Urgent'))).to.deep.equal(['case:s', 'transcript:s']);
    expect([desk.case?.data[1]?.value, desk.case?.changed]).to.deep.equal(['Urgent', ['priority']]);
  });

  for (const [name, late] of [
    ['repeated', version(3, 'Other')],
    ['late', version(2, 'Other')],
    ['of a version before the invitation’s', version(0, 'Other', { data: [] })],
    ['of another interaction', version(9, 'Other', { interaction: { id: 'i2', media: 'email', label: 'Elsewhere' } })],
  ] as const) {
    it(`change nothing when they are ${name}`, () => {
      const desk = new Desk(version(1, 'High'));
      desk.update(version(3, 'Urgent'));
      const before = [desk.case, desk.said];
      expect(desk.update(late)).to.deep.equal([]);
      expect([desk.case, desk.said]).to.deep.equal(before);
    });
  }

  it('bring the whole case where the invitation had no room for it, and mark nothing then', () => {
    const desk = new Desk(version(0, '', { data: [] }));
    desk.update(version(1, 'High'));
    expect([desk.case?.data.length, desk.case?.changed, desk.said]).to.deep.equal([2, [], []]);
  });

  it('keep their marks over further versions, but for what is gone', () => {
    const desk = new Desk(version(1, 'High'));
    desk.update(version(2, 'Urgent'));
    desk.update(version(3, 'Urgent', { data: [...version(3, 'Urgent').data, { key: 'new', label: 'New', value: '1' }] }));
    expect(desk.case?.changed).to.deep.equal(['priority', 'new']);
    desk.update(version(4, '', { data: version(4, '').data.slice(0, 1) }));
    expect(desk.case?.changed).to.deep.equal([]);
    expect(desk.said, 'said once for all in a row').to.deep.equal(['case-changed']);
  });

  it('say once that the interaction has ended', () => {
    const desk = new Desk(version(1, 'High'));
    const ended = { interaction: { id: 'i1', media: 'voice', label: 'Broken TV', ended: true } } as const;
    desk.update(version(2, 'High', ended));
    desk.update(version(3, 'High', ended));
    expect(desk.said).to.deep.equal(['interaction-ended']);
  });

  it('of a session that is gone change nothing', () => {
    const desk = new Desk(version(1, 'High'));
    desk.tell({ type: 'session-closed', at: 2, sessionId: 's' });
    expect(desk.update(version(2, 'Urgent'))).to.deep.equal([]);
  });
});

describe('an invitation that is refused', () => {
  const ended = (own: boolean): number | undefined => {
    const desk = new Desk(version(1, 'High'));
    const waiting = session({ id: 't', direction: 'incoming', status: 'establishing', unread: 1 });
    desk.tell({ type: 'session-opened', at: 1, session: waiting });
    desk.tell({ type: 'session-ended', at: 2, sessionId: 't', outcome: { code: own ? 'rejected' : 'cancelled', own } });
    return desk.read('session:t')?.unread;
  };

  it('was read by the one who refused it, and not where the other one took it back', () => {
    expect([ended(true), ended(false)]).to.deep.equal([0, 1]);
  });
});
