import { expect } from '@open-wc/testing';
import { agent, marked, names, searchOver, type Search } from './support.js';

const JOHN = agent('John Davis', {
  user: 'jdavis',
  email: 'john.davis@deskside.test',
  numbers: [
    { label: 'Extension', number: '4711' },
    { label: 'Mobile', number: '+49 (0)171 555-0199' },
  ],
  group: 'Billing',
  skills: ['French', 'Refunds'],
});
const PEOPLE = [
  JOHN,
  agent('Johanna Berg', { email: 'jberg@deskside.test' }),
  agent('Józef Nowák'),
  agent('Ｙｕｋｉ 田中', { address: 'sip:yuki@deskside.test' }),
  agent("Sean O'Brien"),
  agent('Müller-Lüdenscheidt, Karl'),
  agent('محمد علي', { address: 'sip:ali@deskside.test' }),
  agent('Ann Lee'),
];

/** What is typed, and who is found first. */
const FOUND: readonly (readonly [how: string, typed: string, name: string])[] = [
  ['by name', 'John Davis', 'John Davis'],
  ['in any case', 'jOHN dAVIS', 'John Davis'],
  ['by the beginnings of words', 'jo da', 'John Davis'],
  ['in any word order', 'davis john', 'John Davis'],
  ['inside words', 'hanna', 'Johanna Berg'],
  ['by login name', 'jdavis', 'John Davis'],
  ['by e-mail address', 'john.davis@deskside.test', 'John Davis'],
  ['by a part of an e-mail address', 'jberg@', 'Johanna Berg'],
  ['by skill', 'refunds', 'John Davis'],
  ['by group', 'billing', 'John Davis'],
  ['by name and skill together', 'french davis', 'John Davis'],
  ['by extension', '4711', 'John Davis'],
  ['by number in any formatting', '0171 / 555.01-99', 'John Davis'],
  ['by number with brackets', '(171) 5550199', 'John Davis'],
  ['by the last digits of a number', '0199', 'John Davis'],
  ['by number in full width', '４７１１', 'John Davis'],
  ['without accents', 'jozef nowak', 'Józef Nowák'],
  ['with accents that are not there', 'jöhn', 'John Davis'],
  ['without umlauts', 'mullerludenscheidt'.slice(0, 6), 'Müller-Lüdenscheidt, Karl'],
  ['decomposed accents', 'Jo\u0301zef', 'Józef Nowák'],
  ['full width by half width', 'yuki', 'Ｙｕｋｉ 田中'],
  ['half width by full width', 'ｄａｖｉｓ', 'John Davis'],
  ['a single character of a script without spaces', '中', 'Ｙｕｋｉ 田中'],
  ['right-to-left names', 'علي', 'محمد علي'],
  ['without apostrophe', 'obrien', "Sean O'Brien"],
  ['with another apostrophe', 'o’brien', "Sean O'Brien"],
];

/** Slips that are forgiven. */
const SLIPS: readonly (readonly [how: string, typed: string, name: string])[] = [
  ['a wrong letter', 'Dabis', 'John Davis'],
  ['a wrong first letter', 'Favis', 'John Davis'],
  ['a missing letter', 'Davs', 'John Davis'],
  ['a missing first letter', 'avis', 'John Davis'],
  ['a letter too many', 'Davvis', 'John Davis'],
  ['a letter too many at the beginning', 'xdavis', 'John Davis'],
  ['two letters swapped', 'Dvais', 'John Davis'],
  ['the first two letters swapped', 'Adviser'.slice(0, 4), 'John Davis'],
  ['in a word that is half typed', 'Johamn', 'Johanna Berg'],
  ['beside a word without one', 'john dabis', 'John Davis'],
  ['one in each of two words', 'jonh dabis', 'John Davis'],
];

describe('search over the directory', () => {
  let search: Search;
  before(async () => {
    search = await searchOver(PEOPLE);
  });

  for (const [how, typed, name] of FOUND) {
    it(`finds ${how}: ${typed}`, () => expect(names(search(typed))[0]).to.equal(name));
  }

  for (const [how, typed, name] of SLIPS) {
    it(`forgives ${how}: ${typed}`, () => expect(names(search(typed))).to.include(name));
  }

  it('forgives no slip in words of three letters, none in numbers, and not two in one word', () => {
    expect(names(search('Anm'))).to.deep.equal([]);
    expect(names(search('4712'))).to.deep.equal([]);
    expect(names(search('Dxxis'))).to.deep.equal([]);
  });

  it('takes every word for wanted', () => {
    expect(names(search('john lee'))).to.deep.equal([]);
    expect(names(search('johanna berg davis'))).to.deep.equal([]);
  });

  it('finds everyone without a text, nobody by punctuation alone', () => {
    expect(search('').total).to.equal(PEOPLE.length);
    expect(search('  ').total).to.equal(PEOPLE.length);
    expect(search('@.-').total).to.equal(0);
  });

  it('stays calm at very long text, odd characters and lone surrogates', () => {
    for (const text of ['x'.repeat(100_000), '\u0000\u202e', '\ud800', '(((((', '\\', '.*', 'a '.repeat(500)]) {
      expect(search(text).total, text.slice(0, 10)).to.be.within(0, PEOPLE.length);
    }
  });

  it('gives as many as asked for and counts them all', () => {
    const { hits, total } = search('jo', { limit: 2 });
    expect(hits.length).to.equal(2);
    expect(total).to.equal(3);
  });

  it('marks what matched in the name, accents and all', () => {
    expect(marked(search('jo da'))).to.equal('[Jo]hn [Da]vis');
    expect(marked(search('jozef'))).to.equal('[Józef] Nowák');
    expect(marked(search('yuki'))).to.equal('[Ｙｕｋｉ] 田中');
    expect(marked(search('dabis'))).to.equal('John [Davis]');
  });

  it('shows another field that matched, where the name does not say why', () => {
    expect(search('refunds').hits[0]?.matched).to.deep.equal({ field: 'skill', text: 'Refunds', ranges: [[0, 7]] });
    expect(search('5550199').hits[0]?.matched).to.deep.include({ field: 'number', text: '+49 (0)171 555-0199' });
    expect(search('john').hits[0]?.matched).to.equal(undefined);
  });

  it('finds of some types only', async () => {
    const mixed = await searchOver([JOHN, agent('Davis queue', { type: 'queue' })]);
    expect(names(mixed('davis', { types: ['queue'] }))).to.deep.equal(['Davis queue']);
    expect(mixed('davis', { types: ['skill'] }).total).to.equal(0);
  });
});
