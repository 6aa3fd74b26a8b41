import { expect } from '@open-wc/testing';
import { AddressTable } from '../../../src/services/directory/address-table.js';
import { countBits, eachBit, exclude, intersect, noBits, setBit, unite, type Bits } from '../../../src/services/directory/bitmaps.js';
import { DIGITS, LETTERS } from '../../../src/services/directory/grams.js';
import { isNearPrefix } from '../../../src/services/directory/near-words.js';
import { PLACE, Runs } from '../../../src/services/directory/runs.js';
import { sortInSlices } from '../../../src/services/directory/sort-slices.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { shelve } from '../../../src/services/directory/shelve.js';
import { Shelf, TargetPack } from '../../../src/services/directory/target-pack.js';
import { agent, names, PLAIN, searchOver } from './support.js';

describe('sets of targets', () => {
  it('count, join and part like sets, over the edge of a machine word', () => {
    const [a, b] = [noBits(64), noBits(64)];
    for (const id of [0, 31, 32, 63]) setBit(a, id);
    for (const id of [31, 63]) setBit(b, id);
    expect(countBits(a)).to.equal(4);
    exclude(a, b);
    expect(countBits(a)).to.equal(2);
    unite(a, b);
    expect(countBits(a)).to.equal(4);
    intersect(a, b);
    expect(countBits(a)).to.equal(2);
  });
});

describe('runs of letters', () => {
  /** Runs of words; of each target the first word is the name. */
  async function runsOf(...targets: readonly (readonly string[])[]): Promise<Runs> {
    const runs = new Runs(10, LETTERS);
    targets.forEach((words, id) => {
      words.forEach((word, at) => {
        runs.add(word, [0, word.length], true, id, at === 0 ? PLACE.name : PLACE.anywhere);
      });
    });
    await runs.finish(() => undefined);
    return runs;
  }

  function who(collect: (bits: Bits) => Bits): number[] {
    const ids: number[] = [];
    eachBit(collect(noBits(200_000)), (id) => void ids.push(id));
    return ids;
  }

  it('know who has a run that holds what is sought, begins with it, is it, and has it in the name', async () => {
    const runs = await runsOf(['anna', 'hannah'], ['hannes', 'anna'], ['joe']);
    expect(who((bits) => runs.containing('ann', bits))).to.deep.equal([0, 1]);
    expect(who((bits) => runs.containing('an', bits))).to.deep.equal([0, 1]);
    expect(who((bits) => runs.containing('anne', bits))).to.deep.equal([1]);
    expect(who((bits) => runs.containing('xy', bits))).to.deep.equal([]);
    expect(who((bits) => runs.beginning('hann', false, bits))).to.deep.equal([0, 1]);
    expect(who((bits) => runs.beginning('hann', false, bits, PLACE.name))).to.deep.equal([1]);
    expect(who((bits) => runs.beginning('anna', true, bits, PLACE.name))).to.deep.equal([0]);
    expect(who((bits) => runs.beginning('ann', true, bits))).to.deep.equal([]);
  });

  it('are told apart where one only stands inside a word, and where one is a whole field', async () => {
    const runs = new Runs(10, LETTERS);
    runs.add('davis', [0, 5], true, 0, PLACE.name);
    runs.add('davis', [0, 5], true, 0, PLACE.field);
    runs.add('x1davis', [2, 7], false, 1, PLACE.name);
    await runs.finish(() => undefined);
    expect(who((bits) => runs.containing('davis', bits))).to.deep.equal([0, 1]);
    expect(who((bits) => runs.beginning('davis', false, bits))).to.deep.equal([0]);
    expect(who((bits) => runs.beginning('davis', true, bits, PLACE.field))).to.deep.equal([0]);
    expect(who((bits) => runs.beginning('davis', true, bits, PLACE.name))).to.deep.equal([0]);
  });

  it('hold as many as come', async () => {
    const word = (at: number): string => `run${String(at).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}q`;
    const runs = await runsOf(...Array.from({ length: 20_000 }, (_, at) => [word(at)]));
    for (const at of [0, 1, 4095, 4096, 19_999])
      expect(
        who((bits) => runs.beginning(word(at), false, bits)),
        String(at),
      ).to.deep.equal([at]);
  });

  it('find in any script, and digits, what reading every run finds', async () => {
    const words = ['日本太郎', '本田', 'дэвис', 'davis', 'ßé', '山本'];
    const runs = await runsOf(...words.map((word) => [word]));
    const numbers = new Runs(10, DIGITS);
    const written = ['15551000007', '15551000014', '5551', '49301'];
    written.forEach((number, id) => {
      numbers.add(number, [0, number.length], true, id, PLACE.anywhere);
    });
    await numbers.finish(() => undefined);
    const holding = (list: readonly string[], text: string): number[] => list.flatMap((word, id) => (word.includes(text) ? [id] : []));
    for (const text of ['本', '本田', '日本太', 'дэв', 'avis', 'и', 'é']) {
      expect(
        who((bits) => runs.containing(text, bits)),
        text,
      ).to.deep.equal(holding(words, text));
    }
    for (const text of ['5', '55', '5551', '55510', '100001', '301', '000', '9999']) {
      expect(
        who((bits) => numbers.containing(text, bits)),
        text,
      ).to.deep.equal(holding(written, text));
    }
  });

  it('near to what was typed are those that one slip makes', async () => {
    const words = ['davis', 'dxxis', 'other', 'davids', 'ravis', 'dvaxs', 'da'];
    const runs = await runsOf(...words.map((word) => [word]));
    const typed = [
      'dbvis',
      'dvis',
      'daavis',
      'advis',
      'dais',
      'avis',
      'xdavis',
      'dvais',
      'davsi',
      'davi',
      'davis',
      'davx',
      'ravi',
      'othre',
    ];
    for (const text of typed) {
      const expected = words.flatMap((word, id) => (isNearPrefix(word, text) ? [id] : []));
      expect(
        who((bits) => runs.near(text, runs.beginning(text, false, bits))),
        text,
      ).to.deep.equal(expected);
    }
  });
});

describe('a table of addresses', () => {
  it('gives the number of each, and the one before where an address comes again', () => {
    const addresses = Array.from({ length: 5000 }, (_, at) => `sip:agent${at}@deskside.test`);
    const table = new AddressTable(addresses.length, (number) => addresses[number % 5000] ?? '');
    for (const [at, address] of addresses.entries()) expect(table.put(address, at)).to.equal(-1);
    expect(addresses.every((address, at) => table.find(address) === at)).to.equal(true);
    expect(table.find('sip:nobody@deskside.test')).to.equal(-1);
    expect(table.put('sip:agent7@deskside.test', 5007)).to.equal(7);
    expect(table.find('sip:agent7@deskside.test')).to.equal(5007);
  });
});

describe('packed targets', () => {
  it('come out as they went in, from whatever pack', () => {
    const one = Array.from({ length: 3000 }, (_, at) =>
      agent(`One ${at}`, { address: `sip:one${at}@deskside.test`, skills: ['Ænglish', '日本語'] }),
    );
    const other = [agent('Ünder "Score"\n', { type: 'queue', numbers: [{ label: '', number: '1' }] })];
    const shelf = new Shelf([TargetPack.of(one), TargetPack.of(other)]);
    expect([...shelf.places()].map((place) => shelf.target(place))).to.deep.equal([...one, ...other]);
    expect([...shelf.places()].map((place) => shelf.address(place))).to.deep.equal([...one, ...other].map(({ address }) => address));
    expect([...shelf.places()].map((place) => shelf.type(place)).at(-1)).to.equal('queue');
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
});

describe('putting values under keys', () => {
  it('keeps the order in which they came, and has a place for keys without any', async () => {
    const pairs = [
      [3, 30],
      [0, 1],
      [3, 10],
      [0, 2],
    ] as const;
    const each = (visit: (key: number, value: number) => void): Promise<void> => {
      for (const [key, value] of pairs) visit(key, value);
      return Promise.resolve();
    };
    const { values, at } = await shelve(4, each, () => undefined);
    const under = (key: number): number[] => [...values.subarray(at[key], at[key + 1])];
    expect([0, 1, 2, 3].map(under)).to.deep.equal([[1, 2], [], [], [30, 10]]);
  });
});

describe('filling', () => {
  it('sorts like the platform, and stable', async () => {
    const keys = Array.from({ length: 3000 }, (_, at) => (at * 7919) % 97);
    const compare = (a: number, b: number): number => (keys[a] ?? 0) - (keys[b] ?? 0);
    const sorted = await sortInSlices(Uint32Array.from(keys.keys()), compare, () => undefined);
    expect([...sorted]).to.deep.equal([...keys.keys()].sort(compare));
  });

  it('finds what was there before until it is done, and nothing new where it is ended', async () => {
    const index = new TargetIndex();
    await index.fill([TargetPack.of([agent('Old Hand')])], () => undefined);
    const ending = new AbortController();
    const filling = index.fill(
      [TargetPack.of(Array.from({ length: 500 }, (_, at) => agent(`New Hand ${at}`)))],
      () => {
        expect(names(index.search({ text: 'hand' }, PLAIN))).to.deep.equal(['Old Hand']);
        ending.abort();
      },
      { signal: ending.signal },
    );
    await filling;
    expect(index.size).to.equal(1);
  });

  it('keeps the later of two targets with one address, and leaves one out', async () => {
    const index = new TargetIndex();
    const packs = [
      [agent('Ann Old', { address: 'sip:ann@deskside.test' }), agent('Joe')],
      [agent('Ann New', { address: 'sip:ann@deskside.test' })],
    ];
    await index.fill(
      packs.map((targets) => TargetPack.of(targets)),
      () => undefined,
      { without: 'sip:joe@deskside.test' },
    );
    expect(names(index.search({ text: '' }, PLAIN))).to.deep.equal(['Ann New']);
    expect(index.byAddress('sip:ann@deskside.test')?.name).to.equal('Ann New');
    expect(index.byAddress('sip:joe@deskside.test')).to.equal(undefined);
  });

  it('finds across pages: each of three thousand by its own word', async () => {
    const people = Array.from({ length: 3000 }, (_, at) => agent(`Person x${at.toString(36)}z`, { address: `sip:p${at}@deskside.test` }));
    const search = await searchOver(people);
    for (const at of [0, 255, 256, 2047, 2048, 2999]) {
      expect(search(`x${at.toString(36)}z`).hits.map(({ target }) => target.address)).to.include(`sip:p${at}@deskside.test`);
    }
  });
});
