import { expect } from '@open-wc/testing';
import { readJsonList } from '../../../src/services/directory/json-list.js';

/** A body that arrives in pieces of so many bytes. */
function body(text: string, size = 7): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
}

async function read(text: string, size?: number): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const piece of readJsonList(body(text, size))) all.push(...piece);
  return all;
}

async function problem(text: string): Promise<string> {
  return read(text).then(
    () => 'none',
    (error: unknown) => (error instanceof SyntaxError ? error.message : 'another error'),
  );
}

const LISTS: readonly unknown[][] = [
  [],
  [{}],
  [1, 'two', null, true, [], [[]], {}],
  [{ name: 'a "quoted", [odd] {name} \\', deep: [{ a: [1, { b: 2 }] }] }],
  [{ name: 'Józef 田中 👩‍💻 "' }, { name: '\\\\"' }],
  Array.from({ length: 300 }, (_, at) => ({ name: `Person ${at}`, numbers: [{ label: 'x', number: `+${at}` }] })),
];

describe('reading a JSON array piece by piece', () => {
  for (const list of LISTS) {
    const text = JSON.stringify(list);
    for (const size of [1, 7, 100_000]) {
      it(`gives what JSON.parse gives: ${text.slice(0, 40)}, ${size} bytes at a time`, async () =>
        expect(await read(text, size)).to.deep.equal(list));
    }
    it(`the same with white space: ${text.slice(0, 40)}`, async () =>
      expect(await read(` \n${JSON.stringify(list, null, 2)}\r\n\t`)).to.deep.equal(list));
  }

  it('gives the same from what a browser fetched, in small buffers, letters of several bytes across their ends', async () => {
    const list = Array.from({ length: 20_000 }, (_, at) => ({ name: `Józef 田中 👩‍💻 ${at}` }));
    const all: unknown[] = [];
    let most = 0;
    for await (const piece of readJsonList(new Response(JSON.stringify(list)).body ?? body(''))) {
      all.push(...piece);
      most = Math.max(most, piece.length);
    }
    expect(all).to.deep.equal(list);
    expect(most, 'records before the page gets its turn').to.be.lessThan(1000);
  });

  for (const text of [
    '',
    '  ',
    '{}',
    '"a"',
    'null',
    '<html>',
    '[',
    '[1',
    '[{"a":1}',
    '["a]',
    '[1,]',
    '[,1]',
    '[1,,2]',
    '[1]]',
    '[1] 2',
    '[a]',
    '[{"a":}]',
    '[1}',
  ]) {
    it(`refuses ${text || 'nothing'}`, async () => {
      expect(await problem(text)).not.to.be.oneOf(['none', 'another error']);
    });
  }

  it('gives what came before the trouble', async () => {
    const seen: unknown[] = [];
    try {
      for await (const piece of readJsonList(body('[1,2,3,oops]', 2))) seen.push(...piece);
    } catch {
      seen.push('trouble');
    }
    expect(seen).to.deep.equal([1, 2, 3, 'trouble']);
  });
});
