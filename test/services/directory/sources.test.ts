import { expect, waitUntil } from '@open-wc/testing';
import { DirectoryLoader } from '../../../src/services/directory/loader.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import type { DirectoryStatus } from '../../../src/services/domain/slices.js';
import { browserEnvironment, type Environment } from '../../../src/services/environment.js';
import { DEFAULT_CONFIG, type DirectoryPage, type ServiceConfig } from '../../../src/services/index.js';
import { FakeClock } from '../protocol/fakes.js';
import { agent, names, PLAIN } from './support.js';

const [JOHN, JANE] = [agent('John Davis'), agent('Jane Moss')];

/** A loader with all that it told. */
function loader(config: Partial<ServiceConfig> = {}, environment: Environment = browserEnvironment()) {
  const index = new TargetIndex();
  const statuses: DirectoryStatus[] = [];
  const errors: string[] = [];
  let now: ServiceConfig = { ...DEFAULT_CONFIG, address: 'sip:kate@deskside.test', ...config };
  const made = new DirectoryLoader({
    index,
    environment,
    config: () => now,
    onStatus: (status) => void statuses.push(status),
    onError: (error) => void errors.push(`${error.code}: ${error.message}`),
  });
  return {
    loader: made,
    statuses,
    errors,
    found: () => names(index.search({ text: '' }, PLAIN)),
    change: (changes: Partial<ServiceConfig>) => {
      now = { ...now, ...changes };
      made.configured();
    },
    done: () => waitUntil(() => ['ready', 'failed', 'empty'].includes(statuses.at(-1)?.status ?? '')),
  };
}

/** Answers of the network, in order; what was asked with. */
function network(answers: readonly (() => Response | Promise<Response>)[]) {
  const before = globalThis.fetch;
  const asked: { url: string; etag: string | null }[] = [];
  globalThis.fetch = (url, init) => {
    asked.push({ url: url instanceof Request ? url.url : url.toString(), etag: new Headers(init?.headers).get('If-None-Match') });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    return Promise.resolve().then(() => (answer ? answer() : Promise.reject(new TypeError('no network'))));
  };
  return { asked, restore: () => (globalThis.fetch = before) };
}

const json = (list: unknown, etag?: string): Response => new Response(JSON.stringify(list), etag ? { headers: { ETag: etag } } : {});

describe('directory from a list', () => {
  it('takes inline records, without the agent', async () => {
    const {
      loader: made,
      found,
      statuses,
    } = loader({ directorySource: [JOHN, { name: 'Kate Lewis', address: 'sip:kate@deskside.test' }] });
    await made.refresh();
    expect(found()).to.deep.equal(['John Davis']);
    expect(statuses.map(({ status }) => status)).to.deep.equal(['loading', 'ready']);
    expect(statuses.at(-1)?.count).to.equal(1);
  });

  it('names the record that is wrong, and takes the others', async () => {
    const bad = [null, 7, {}, { name: 'No address' }, { name: 'Odd', address: 'http://x' }];
    const { loader: made, found, errors } = loader({ directorySource: [JOHN, ...bad, { ...JANE, type: 'robot' }, JANE] });
    await made.refresh();
    expect(found()).to.deep.equal(['Jane Moss', 'John Davis']);
    expect(errors[0]).to.equal('directory: Record 2 of the directory has no name.');
    expect(errors[3]).to.equal('directory: Record 5 ("No address") of the directory has no SIP address (sip:user@domain).');
    expect(errors.at(-1)).to.equal("directory: 1 more of the directory's 8 records are wrong and were left out.");
  });

  it('does not drown the page in errors', async () => {
    const { loader: made, errors } = loader({ directorySource: Array.from({ length: 5000 }, () => ({ name: 'x' })) });
    await made.refresh();
    expect(errors.length).to.equal(6);
    expect(errors.at(-1)).to.contain('4995 more');
  });

  it('drops fields that nobody asked for, and takes fields of a wrong type for absent', async () => {
    const odd = {
      ...JOHN,
      password: 'secret',
      email: 7,
      skills: 'all',
      numbers: [null, { number: '4711' }, '4712', { number: {} }],
      __proto__: { x: 1 },
    };
    const index = new TargetIndex();
    const made = new DirectoryLoader({
      index,
      environment: browserEnvironment(),
      config: () => ({ ...DEFAULT_CONFIG, directorySource: [odd] }),
      onStatus: () => undefined,
      onError: () => undefined,
    });
    await made.refresh();
    expect(index.byAddress(JOHN.address)).to.deep.equal({
      ...JOHN,
      numbers: [
        { label: '', number: '4711' },
        { label: '', number: '4712' },
      ],
    });
  });

  it('is empty without a source', async () => {
    const { loader: made, statuses } = loader();
    await made.refresh();
    expect(statuses.map(({ status }) => status)).to.deep.equal(['empty']);
  });
});

describe('directory from a function', () => {
  const pages: Readonly<Record<string, DirectoryPage>> = { '': { targets: [JOHN], cursor: '2' }, '2': { targets: [JANE] } };

  it('reads page after page to the last', async () => {
    const asked: (string | undefined)[] = [];
    const { loader: made, found } = loader({
      directorySource: ({ cursor }) => {
        asked.push(cursor);
        return Promise.resolve(pages[cursor ?? ''] ?? { targets: [] });
      },
    });
    await made.refresh();
    expect(found()).to.deep.equal(['Jane Moss', 'John Davis']);
    expect(asked).to.deep.equal([undefined, '2']);
  });

  it('ends a reading by its signal when another begins, and drops its late answer', async () => {
    const answers: ((page: DirectoryPage) => void)[] = [];
    const signals: AbortSignal[] = [];
    const {
      loader: made,
      found,
      statuses,
    } = loader({
      directorySource: ({ signal }) => {
        signals.push(signal);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    const first = made.refresh();
    await waitUntil(() => answers.length === 1);
    const second = made.refresh();
    await waitUntil(() => answers.length === 2);
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    answers[1]?.({ targets: [JANE] });
    await second;
    answers[0]?.({ targets: [JOHN], cursor: 'more' });
    await first;
    expect(found()).to.deep.equal(['Jane Moss']);
    expect(signals.length).to.equal(2);
    expect(statuses.at(-1)?.status).to.equal('ready');
  });

  it('is asked once where several ask in one turn', async () => {
    let asked = 0;
    const { loader: made } = loader({
      directorySource: () => {
        asked += 1;
        return Promise.resolve({ targets: [] });
      },
    });
    await Promise.all([made.refresh(), made.refresh(), made.refresh()]);
    expect(asked).to.equal(1);
  });

  const MALFORMED: readonly (readonly [string, () => unknown])[] = [
    ['nothing', () => undefined],
    ['no list', () => ({ targets: 'all' })],
    ['a cursor that is no text', () => ({ targets: [], cursor: 7 })],
    ['the same cursor for ever', () => ({ targets: [], cursor: 'again' })],
  ];
  for (const [what, answer] of MALFORMED) {
    it(`says what is wrong where it answers ${what}`, async () => {
      const { loader: made, statuses, errors } = loader({ directorySource: () => Promise.resolve(answer() as DirectoryPage) });
      await made.refresh();
      expect(statuses.at(-1)).to.deep.include({ status: 'failed' });
      expect(errors[0]).to.match(/^directory: The directory's function (must answer|gives pages without end)/);
    });
  }

  it('says so where it throws', async () => {
    const { loader: made, errors } = loader({
      directorySource: () => {
        throw new Error('no session');
      },
    });
    await made.refresh();
    expect(errors).to.deep.equal(["directory: The directory cannot be read: its function failed. Check the function's own error."]);
  });
});

describe('directory from a URL', () => {
  let restore: () => void = () => undefined;
  const answering = (...answers: (() => Response | Promise<Response>)[]) => {
    const made = network(answers);
    restore = made.restore;
    return made;
  };
  afterEach(() => restore());

  it('is fetched, and asked again with its ETag: what has not changed stays', async () => {
    const { asked } = answering(
      () => json([JOHN], '"v1"'),
      () => new Response(null, { status: 304 }),
      () => json([JANE], '"v2"'),
    );
    const { loader: made, found } = loader({ directory: 'https://x.test/d.json' });
    await made.refresh();
    await made.refresh();
    expect(found()).to.deep.equal(['John Davis']);
    await made.refresh();
    expect(found()).to.deep.equal(['Jane Moss']);
    expect(asked.map(({ etag }) => etag)).to.deep.equal([null, '"v1"', '"v1"']);
  });

  it('is merged with inline records, which win', async () => {
    answering(() => json([JOHN, JANE]));
    const { loader: made, found } = loader({ directory: '/d.json', directorySource: [{ ...JOHN, name: 'John (Billing)' }] });
    await made.refresh();
    expect(found()).to.deep.equal(['Jane Moss', 'John (Billing)']);
  });

  it('leaves the others where it fails, and says so', async () => {
    answering(() => new Response('', { status: 500 }));
    const { loader: made, found, errors, statuses } = loader({ directory: '/d.json', directorySource: [JANE] });
    await made.refresh();
    expect(found()).to.deep.equal(['Jane Moss']);
    expect(errors).to.deep.equal(['directory: The directory at /d.json answered 500. Check the address.']);
    expect(statuses.at(-1)).to.deep.include({ status: 'ready', count: 1 });
    expect(statuses.at(-1)?.error?.code).to.equal('directory');
  });

  it('keeps what it knew where it fails later', async () => {
    answering(
      () => json([JOHN]),
      () => Promise.reject(new TypeError('cut')),
    );
    const { loader: made, found, errors } = loader({ directory: '/d.json' });
    await made.refresh();
    await made.refresh();
    expect(found()).to.deep.equal(['John Davis']);
    expect(errors[0]).to.contain('cannot be reached');
  });

  const BROKEN: readonly (readonly [string, () => Response, RegExp])[] = [
    ['not there', () => new Response('', { status: 404 }), /answered 404/],
    ['no array', () => json({ targets: [] }), /no JSON array of targets/],
    ['HTML', () => new Response('<html>'), /no JSON array of targets/],
    ['cut off', () => new Response('[{"name":"x"},'), /ends in the middle/],
  ];
  for (const [what, answer, words] of BROKEN) {
    it(`fails with words where it is ${what}`, async () => {
      answering(answer);
      const { loader: made, statuses, errors } = loader({ directory: '/d.json' });
      await made.refresh();
      expect(statuses.at(-1)?.status).to.equal('failed');
      expect(errors.at(-1)).to.match(words);
    });
  }

  it('is read again when the address or the agent changes, and only then', async () => {
    const { asked } = answering(() => json([JOHN]));
    const { change, done } = loader();
    change({ directory: '/a.json' });
    await done();
    change({ displayName: 'Kate' });
    change({ directory: '/b.json' });
    await waitUntil(() => asked.length === 2);
    expect(asked.map(({ url }) => url)).to.deep.equal(['/a.json', '/b.json']);
  });

  for (const [how, config] of [
    ['a function', { directorySource: () => new Promise<DirectoryPage>(() => undefined) }],
    ['a URL', { directory: '/slow.json' }],
  ] as const) {
    it(`fails where ${how} does not answer in time`, async () => {
      const clock = new FakeClock();
      const { restore } = network([() => new Promise<Response>(() => undefined)]);
      const { loader: made, errors, statuses } = loader(config, clock.environment());
      const reading = made.refresh();
      await clock.pass(31_000);
      await reading;
      restore();
      expect(statuses.at(-1)?.status).to.equal('failed');
      expect(errors.join()).to.contain('timeout').and.to.contain('within 30 seconds');
    });
  }
});
