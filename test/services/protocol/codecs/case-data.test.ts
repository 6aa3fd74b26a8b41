/** Case data: limits when written, no trust when read. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { CaseData, CaseEntry } from '../../../../src/services/domain/interaction.js';
import { CASE_ENTRY_LIMIT, decodeCaseData, encodeCaseData } from '../../../../src/services/protocol/codecs/case-data.js';

const entry = (key: string, value: string): CaseEntry => ({ key, label: key.toUpperCase(), value });
const CASE: CaseData = {
  seq: 3,
  interaction: { id: 'i-1', media: 'voice', label: 'Call from Max' },
  contact: { ref: 'c-9', fields: [entry('name', 'Max')] },
  notify: ['reason'],
  data: [entry('reason', 'Bill'), entry('__proto__', 'polluted'), entry('constructor', 'x')],
};
const bytes = (text: string): number => new TextEncoder().encode(text).length;
const fault = (text: string): string => {
  const read = decodeCaseData(text);
  return read.ok ? 'ok' : read.fault;
};
const json = (change: object): string => JSON.stringify({ v: 1, ...CASE, ...change });

describe('case data', () => {
  it('comes back', () => {
    const { json: text, dropped } = encodeCaseData(CASE);
    expect(dropped).to.equal(0);
    expect(decodeCaseData(text)).to.deep.equal({ ok: true, value: CASE });
  });

  it('takes prototype names for the plain keys that they are', () => {
    const read = decodeCaseData(encodeCaseData(CASE).json);
    expect(read.ok && read.value.data[1]?.value).to.equal('polluted');
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    const inherited = '{"v":1,"seq":1,"interaction":{"__proto__":{"id":"a","media":"voice","label":"x"}},"data":[]}';
    expect(fault(inherited)).to.equal('bad-interaction');
    expect(fault('{"__proto__":{"v":1},"seq":1}')).to.equal('bad-version');
  });

  it('never leaves the limits, and says what it cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 3000 })), { maxLength: 80 }),
        (all) => {
          const encoded = encodeCaseData({ ...CASE, data: all.map(([key, value]) => entry(key, value)) });
          const read = decodeCaseData(encoded.json);
          expect(bytes(encoded.json)).to.be.at.most(16 * 1024);
          expect(read.ok && read.value.data).to.deep.equal(encoded.data);
          expect(encoded.data.length + encoded.dropped).to.equal(all.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('cuts long values with a mark before it leaves entries out', () => {
    const encoded = encodeCaseData({ ...CASE, data: [entry('long', 'é'.repeat(20_000)), entry('short', 'x')] });
    expect(encoded.dropped).to.equal(0);
    expect(encoded.data[0]).to.deep.include({ key: 'long', cut: true });
    expect(encoded.data[0]?.value).to.match(/^é+…$/);
    expect(encoded.data[1]).to.deep.equal(entry('short', 'x'));
    expect(encodeCaseData({ ...CASE, data: Array.from({ length: 10_000 }, (_, i) => entry(`k${i}`, 'v')) }).dropped).to.equal(
      10_000 - CASE_ENTRY_LIMIT,
    );
  });

  it('says that the contact is gone, in one way only', () => {
    const interaction = { ...CASE.interaction, ended: true };
    expect(decodeCaseData(encodeCaseData({ ...CASE, interaction }).json)).to.deep.include({ value: { ...CASE, interaction } });
    const read = decodeCaseData(json({ interaction: { ...CASE.interaction, ended: 'yes' } }));
    expect(read.ok && read.value.interaction).to.deep.equal(CASE.interaction);
  });

  it('does not send what is only for this page', () => {
    const text = encodeCaseData({ ...CASE, data: [{ ...entry('card', '4111'), sensitive: true, other: 'x' } as CaseEntry] }).json;
    expect(text).not.to.contain('sensitive');
    expect(text).not.to.contain('other');
  });

  for (const [name, text, expected] of [
    ['nothing', '', 'not-json'],
    ['no JSON', '{', 'not-json'],
    ['an array', '[]', 'not-json'],
    ['null', 'null', 'not-json'],
    ['deep nesting', '['.repeat(16_000), 'not-json'],
    ['a megabyte', json({ data: [entry('a', 'x'.repeat(1_000_000))] }), 'too-large'],
    ['over 16 KiB of bytes', json({ data: [entry('a', 'é'.repeat(9_000))] }), 'too-large'],
    ['another version', json({ v: 2 }), 'bad-version'],
    ['a version of another type', json({ v: '1' }), 'bad-version'],
    ['no number', json({ seq: '1' }), 'bad-seq'],
    ['a fraction', json({ seq: 1.5 }), 'bad-seq'],
    ['a negative number', json({ seq: -1 }), 'bad-seq'],
    ['no interaction', json({ interaction: undefined }), 'bad-interaction'],
    ['unknown media', json({ interaction: { ...CASE.interaction, media: 'fax' } }), 'bad-interaction'],
    ['an id of another type', json({ interaction: { ...CASE.interaction, id: 1 } }), 'bad-interaction'],
    ['a contact without reference', json({ contact: {} }), 'bad-contact'],
    ['a contact of another type', json({ contact: null }), 'bad-contact'],
    ['contact fields of another type', json({ contact: { ref: 'x', fields: [1] } }), 'bad-contact'],
    ['keys for the notification of another type', json({ notify: 'reason' }), 'bad-notify'],
    ['one key of another type', json({ notify: [{}] }), 'bad-notify'],
    ['too many keys', json({ notify: Array.from({ length: 65 }, () => 'a') }), 'bad-notify'],
    ['no entries', json({ data: undefined }), 'bad-entry'],
    ['entries of another type', json({ data: {} }), 'bad-entry'],
    ['an entry of another type', json({ data: ['x'] }), 'bad-entry'],
    ['a value of another type', json({ data: [{ key: 'a', label: 'b', value: 1 }] }), 'bad-entry'],
    ['a flag of another type', json({ data: [{ ...entry('a', 'b'), cut: 'yes' }] }), 'bad-entry'],
    ['too many entries', json({ data: Array.from({ length: 65 }, () => ({ key: '', label: '', value: '' })) }), 'too-many-entries'],
  ] as const) {
    it(`refuses ${name}: ${expected}`, () => expect(fault(text)).to.equal(expected));
  }

  it('needs no label and ignores what it does not know', () => {
    expect(
      decodeCaseData(json({ contact: undefined, notify: undefined, more: { x: 1 }, data: [{ key: 'a', value: 'b', extra: 1 }] })),
    ).to.deep.equal({
      ok: true,
      value: { seq: 3, interaction: CASE.interaction, data: [{ key: 'a', label: '', value: 'b' }] },
    });
  });
});
