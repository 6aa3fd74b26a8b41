import { expect } from '@open-wc/testing';
import { countBits, eachBit, exclude, intersect, isExact, PairMap, setBit, unite } from '../../../src/services/directory/bitmaps.js';
import { isNearPrefix, NearWords } from '../../../src/services/directory/near-words.js';
import { sortInSlices } from '../../../src/services/directory/sort-slices.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { agent, names, PLAIN, searchOver } from './support.js';

function bitsOf(map: PairMap, word: string): number[] {
  const ids: number[] = [];
  eachBit(map.candidates(word), (id) => void ids.push(id));
  return ids;
}

describe('pairs of letters', () => {
  it('name everyone who has a word, at word borders and over the edge of a machine word', () => {
    const map = new PairMap(70);
    for (const [id, text] of [' anna', ' hannes', ' joe', ...Array.from({ length: 67 }, () => ' zoe')].entries()) map.add(id, text);
    expect(bitsOf(map, 'ann')).to.deep.equal([0, 1]);
    expect(bitsOf(map, 'a')).to.deep.equal([0]);
    expect(bitsOf(map, 'zo')).to.deep.equal(Array.from({ length: 67 }, (_, at) => at + 3));
    expect(bitsOf(map, 'xy')).to.deep.equal([]);
  });

  it('count, join and part like sets', () => {
    const map = new PairMap(64);
    const [a, b] = [map.none(), map.none()];
    for (const id of [0, 31, 32, 63]) setBit(a, id);
    for (const id of [31, 63]) setBit(b, id);
    expect(countBits(a)).to.equal(4);
    exclude(a, b);
    expect(countBits(a)).to.equal(2);
    unite(a, b);
    expect(countBits(a)).to.equal(4);
    intersect(a, b);
    expect(countBits(a)).to.equal(2);
    intersect(a, undefined);
    expect(countBits(a)).to.equal(0);
  });

  it('are exact for one pair of plain letters alone', () => {
    expect(['a', 'ab', '7x'].every(isExact)).to.equal(true);
    expect(['abc', 'é', '田'].some(isExact)).to.equal(false);
  });
});

describe('near words', () => {
  it('agree with the edit distance of one, swaps included', () => {
    const word = 'davis';
    const near = ['davi', 'dbvis', 'dvis', 'daavis', 'advis', 'dais'];
    const far = ['dxxis', 'daxxvis', 'vadis'];
    expect(near.filter((typed) => isNearPrefix(word, typed))).to.deep.equal(near);
    expect(far.filter((typed) => isNearPrefix(word, typed))).to.deep.equal([]);
  });

  it('give the targets of near words, and not of the word itself', () => {
    const words = new NearWords();
    words.add(0, ' davis');
    words.add(1, ' dabis17');
    const bits = new Uint32Array(1);
    words.collect('davis', bits);
    expect(bits[0]).to.equal(2);
  });
});

describe('filling', () => {
  it('sorts like the platform, and stable', async () => {
    const list = Array.from({ length: 3000 }, (_, at) => ({ key: (at * 7919) % 97, at }));
    const sorted = await sortInSlices(
      list,
      (a, b) => a.key < b.key,
      () => undefined,
    );
    expect(sorted).to.deep.equal([...list].sort((a, b) => a.key - b.key));
  });

  it('finds what was there before until it is done, and nothing new where it is ended', async () => {
    const index = new TargetIndex();
    await index.fill([agent('Old Hand')], () => undefined);
    const ending = new AbortController();
    const filling = index.fill(
      Array.from({ length: 500 }, (_, at) => agent(`New Hand ${at}`)),
      () => {
        expect(names(index.search({ text: 'hand' }, PLAIN))).to.deep.equal(['Old Hand']);
        ending.abort();
      },
      ending.signal,
    );
    await filling;
    expect(index.size).to.equal(1);
  });

  it('finds across pages of texts: each of a thousand by its own word', async () => {
    const people = Array.from({ length: 1000 }, (_, at) => agent(`Person x${at.toString(36)}z`, { address: `sip:p${at}@deskside.test` }));
    const search = await searchOver(people);
    for (const at of [0, 255, 256, 511, 512, 999]) {
      expect(search(`x${at.toString(36)}z`).hits.map(({ target }) => target.address)).to.include(`sip:p${at}@deskside.test`);
    }
  });
});
