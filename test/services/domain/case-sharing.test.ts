/** What of an interaction leaves the page. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CUT_MARK, MASK, MAX_SHARED_BYTES, MAX_SHARED_ENTRIES, shareCase } from '../../../src/services/domain/case-sharing.js';
import type { CaseEntry, Interaction } from '../../../src/services/domain/interaction.js';
import { encodeCaseData } from '../../../src/services/protocol/codecs/case-data.js';

const entry = (key: string, value = 'v', more: Partial<CaseEntry> = {}): CaseEntry => ({ key, label: key.toUpperCase(), value, ...more });
const about = (caseData: readonly CaseEntry[], more: Partial<Interaction> = {}): Interaction => ({
  id: 'i1',
  media: 'voice',
  label: 'Broken TV',
  party: 'Avril Mai',
  caseData,
  ...more,
});
const keys = (entries: readonly CaseEntry[] | undefined): string[] => (entries ?? []).map(({ key }) => key);
const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('what leaves with a consultation', () => {
  it('is all that is given, in its order, where the host says nothing', () => {
    const { caseData, withheld } = shareCase(about([entry('b'), entry('a'), entry('__proto__')]), {}, 7);
    expect(keys(caseData.data)).to.deep.equal(['b', 'a', '__proto__']);
    expect([caseData.seq, caseData.interaction]).to.deep.equal([7, { id: 'i1', media: 'voice', label: 'Broken TV' }]);
    expect(withheld).to.deep.equal([]);
    expect(caseData.notify).to.equal(undefined);
  });

  it('is what the host allows, and the rest is named', () => {
    const { caseData, withheld } = shareCase(about([entry('a'), entry('b')]), { keys: ['b', 'z'], notificationKeys: ['a', 'b'] }, 1);
    expect(keys(caseData.data)).to.deep.equal(['b']);
    expect(caseData.notify).to.deep.equal(['b']);
    expect(withheld).to.deep.equal([{ key: 'a', label: 'A', why: 'not-allowed' }]);
  });

  it('is nothing more than was meant where the policy of a page without types is malformed', () => {
    const bad = { keys: 'pin,name', maskedKeys: new Set(['pin']), contactFields: 'name', notificationKeys: {} } as never;
    const interaction = about([entry('pin', '1234'), entry('name')], { contact: { id: 'c1', name: 'Avril' } });
    const { caseData, withheld } = shareCase(interaction, bad, 1);
    expect([caseData.data, caseData.contact, caseData.notify, withheld.length]).to.deep.equal([[], { ref: 'c1' }, [], 2]);
    const masked = shareCase(interaction, { maskedKeys: 'pin' } as never, 1).caseData;
    expect(masked.data.map(({ value }) => value)).to.deep.equal([MASK, MASK]);
    expect(keys(shareCase(interaction, { keys: null, maskedKeys: null } as never, 1).caseData.data)).to.deep.equal(['pin', 'name']);
  });

  it('has no sensitive value in it, of the case or of the contact', () => {
    const secret = '4970 1012 3456 7890';
    const interaction = about([entry('card', secret, { sensitive: true }), entry('pin', secret), entry('none', '', { sensitive: true })], {
      contact: { id: 'c1', card: secret, name: 'Avril' },
    });
    const { caseData } = shareCase(interaction, { maskedKeys: ['pin', 'card'], contactFields: ['card', 'name'] }, 1);
    expect(caseData.data.map(({ value }) => value)).to.deep.equal([MASK, MASK, '']);
    expect(caseData.contact).to.deep.equal({
      ref: 'c1',
      fields: [
        { key: 'card', label: 'card', value: MASK, sensitive: true },
        { key: 'name', label: 'name', value: 'Avril' },
      ],
    });
    expect(JSON.stringify(caseData)).not.to.contain('4970');
  });

  it('has the opaque reference of the contact, and no field of it unless allowed', () => {
    expect(shareCase(about([], { contact: { id: 'c1', name: 'Avril' } }), {}, 1).caseData.contact).to.deep.equal({ ref: 'c1' });
  });

  it('has values that are cut with a mark, never inside a character', () => {
    const { caseData } = shareCase(about([entry('long', 'x'.repeat(2000)), entry('faces', '😀'.repeat(9))]), { maxValueLength: 5 }, 1);
    expect(caseData.data.map(({ value, cut }) => [value, cut])).to.deep.equal([
      [`xxxxx${CUT_MARK}`, true],
      [`😀😀${CUT_MARK}`, true],
    ]);
  });

  it('holds the caps of the host, and ours where the host asks for more', () => {
    const many = Array.from({ length: 200 }, (_, at) => entry(`k${at}`, 'y'.repeat(900)));
    const few = shareCase(about(many), { maxEntries: 3, maxBytes: 1_000_000 }, 1);
    expect(few.caseData.data).to.have.length(3);
    expect(few.withheld[0]).to.deep.equal({ key: 'k3', label: 'K3', why: 'too-many' });
    const small = shareCase(about(many), { maxBytes: 4096 }, 1);
    expect(bytes(JSON.stringify(small.caseData))).to.be.at.most(4096);
    expect(small.withheld.at(-1)?.why).to.equal('too-large');
    const most = shareCase(about(many), { maxEntries: Number.NaN, maxBytes: -1 }, 1);
    expect(most.caseData.data.length).to.be.within(10, MAX_SHARED_ENTRIES);
  });

  it('is exactly what the wire will carry, whatever the case holds', () => {
    const text = fc.string({ unit: 'binary', maxLength: 1500 });
    const names = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(names, text), { maxLength: 100 }), fc.dictionary(names, text, { maxKeys: 80 }), (entries, fields) => {
        const interaction = about(
          entries.map(([key, value]) => entry(key, value)),
          { contact: { ...fields, id: 'c1' } },
        );
        const { caseData } = shareCase(interaction, { contactFields: Object.keys(fields) }, 1);
        const encoded = encodeCaseData(caseData);
        expect(bytes(encoded.json)).to.be.at.most(MAX_SHARED_BYTES);
        expect(encoded.dropped).to.equal(0);
        expect(encoded.data.map(({ value }) => value)).to.deep.equal(caseData.data.map(({ value }) => value.toWellFormed()));
      }),
      { numRuns: 40 },
    );
  });

  it('is found quickly in 10,000 entries with a megabyte each', () => {
    const megabyte = 'z'.repeat(1_000_000);
    const { caseData, withheld } = shareCase(about(Array.from({ length: 10_000 }, (_, at) => entry(`k${at}`, megabyte))), {}, 1);
    expect(caseData.data.length + withheld.length).to.equal(10_000);
    expect(bytes(JSON.stringify(caseData))).to.be.at.most(MAX_SHARED_BYTES);
  });
});
