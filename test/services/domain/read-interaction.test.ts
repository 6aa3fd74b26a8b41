/** An interaction from outside: what cannot be used is named, and nothing of it runs. */
import { expect } from '@open-wc/testing';
import { problemWords, readInteraction } from '../../../src/services/domain/read-interaction.js';

const GOOD = { id: 'i1', media: 'voice', label: 'Broken TV', party: 'Avril', caseData: [{ key: 'a', label: 'A', value: '1' }] };

describe('an interaction from outside', () => {
  it('is read as it is', () => {
    const { interaction, problems } = readInteraction({ ...GOOD, contact: { id: 'c1', Name: 'Avril' }, can: { hold: true }, ended: true });
    expect(problems).to.deep.equal([]);
    expect(interaction).to.deep.equal({
      ...GOOD,
      contact: { id: 'c1', Name: 'Avril' },
      can: { hold: true, transfer: false, conference: false },
      ended: true,
    });
  });

  for (const [name, value] of [
    ['nothing', undefined],
    ['null', null],
    ['text', 'i1'],
    ['a list', [GOOD]],
    ['no id', { ...GOOD, id: '' }],
    ['an id of another type', { ...GOOD, id: {} }],
    ['an id that cannot travel', { ...GOOD, id: 'x'.repeat(201) }],
    ['a getter that throws', Object.defineProperty({ ...GOOD }, 'label', { get: () => expect.fail('asked') })],
    ['a proxy that throws', new Proxy({}, { get: () => expect.fail('asked') })],
  ] as const) {
    it(`is none where it is ${name}`, () => {
      const { interaction, problems } = readInteraction(value);
      expect(interaction).to.equal(undefined);
      expect(problems).to.have.length(1);
    });
  }

  it('is named at fault where only parts are', () => {
    const { interaction, problems } = readInteraction({
      ...GOOD,
      media: 'fax',
      contact: { id: 5, address: { street: 'x' } },
      caseData: [
        GOOD.caseData[0],
        'x',
        { key: '', value: 'y' },
        { key: 'k', value: { toString: () => expect.fail('run') } },
        { key: 'n', value: 7 },
      ],
    });
    expect(interaction?.media).to.equal('workitem');
    expect(interaction?.caseData.map(({ key, value }) => [key, value])).to.deep.equal([
      ['a', '1'],
      ['n', '7'],
    ]);
    expect(interaction?.contact).to.deep.equal({ id: '5' });
    expect(problems.map((problem) => problem.split(' ')[0])).to.deep.equal([
      'interaction.media',
      'contact.address',
      'caseData[1]',
      'caseData[2]',
      'caseData[3]',
    ]);
  });

  it('has the medium of its screen where it does not say its own, and its own where it does', () => {
    const { media: _media, ...rest } = GOOD;
    expect(readInteraction(rest, 'email')).to.deep.include({ problems: [] });
    expect(readInteraction(rest, 'email').interaction?.media).to.equal('email');
    expect(readInteraction(GOOD, 'email').interaction?.media).to.equal(GOOD.media);
    const bad = readInteraction({ ...GOOD, media: 'fax' }, 'email');
    expect([bad.interaction?.media, bad.problems.length]).to.deep.equal(['email', 1]);
  });

  it('is told of with its first five problems, however many there are', () => {
    const { problems } = readInteraction({ ...GOOD, caseData: Array.from({ length: 900 }, () => 7) });
    expect(problemWords(problems)).to.match(/^caseData\[0\].*caseData\[4\].*And 895 more of the kind\.$/);
  });

  it('may hold prototype keys, which are keys like others', () => {
    const hostile = JSON.parse(
      '{"id":"i1","media":"chat","__proto__":{"polluted":1},"caseData":[{"key":"__proto__","value":"x"},{"key":"constructor","value":"y"}],"contact":{"id":"c","__proto__":"z","toString":"t"}}',
    ) as unknown;
    const { interaction } = readInteraction(hostile);
    expect(interaction?.caseData.map(({ key }) => key)).to.deep.equal(['__proto__', 'constructor']);
    expect(Object.entries(interaction?.contact ?? {})).to.deep.include(['toString', 't']);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.getPrototypeOf(interaction)).to.equal(Object.prototype);
  });

  it('may hold cycles, 10,000 entries and a megabyte: it is cut, and says so', () => {
    const cycle: Record<string, unknown> = { ...GOOD };
    cycle['self'] = cycle;
    const many = Array.from({ length: 10_000 }, (_, at) => ({ key: `k${at}`, value: at === 0 ? 'x'.repeat(1_000_000) : 'v', loop: cycle }));
    const { interaction, problems } = readInteraction({ ...cycle, caseData: many });
    expect(interaction?.caseData).to.have.length(1000);
    expect(interaction?.caseData[0]?.value).to.have.length(32_768);
    expect(problems.some((problem) => problem.includes('10000 entries'))).to.equal(true);
    expect(problems.some((problem) => problem.startsWith('caseData[0]'))).to.equal(true);
  });

  it('keeps the session where a list is none', () => {
    const { interaction, problems } = readInteraction({ ...GOOD, caseData: { a: 1 } });
    expect(interaction?.caseData).to.deep.equal([]);
    expect(problems).to.deep.equal(['caseData must be a list of {key, label, value}; it is left out.']);
  });

  it('sends no half character', () => {
    expect(readInteraction({ ...GOOD, caseData: [{ key: 'a', value: 'x\ud83d' }] }).interaction?.caseData[0]?.value).to.equal('x\ufffd');
  });
});
