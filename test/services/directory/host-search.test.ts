import { expect } from '@open-wc/testing';
import { createDirectory } from '../../../src/services/directory/create-directory.js';
import { DEFAULT_CONFIG, type DirectorySearch, type PresenceState } from '../../../src/services/index.js';
import { FakeClock } from '../protocol/fakes.js';
import { agent, memoryPreferences, names } from './support.js';

const PEOPLE = Array.from({ length: 7 }, (_, at) => agent(`Person ${'abcdefg'.charAt(at)}`));

/** A directory whose host is asked for targets, and a clock. */
function asking(directorySearch: DirectorySearch | undefined, ready?: string) {
  const clock = new FakeClock();
  const errors: string[] = [];
  const directory = createDirectory({
    environment: clock.environment(),
    config: () => ({ ...DEFAULT_CONFIG, directorySearch, address: PEOPLE[3]?.address ?? '' }),
    preferences: memoryPreferences(),
    presenceOf: (address): PresenceState => (address === ready ? 'ready' : 'unknown'),
    onStatus: () => undefined,
    onError: (error) => void errors.push(error.message),
  });
  return { directory, clock, errors };
}

const never = new AbortController().signal;

/** Three targets a page. */
const paged: DirectorySearch = ({ limit, cursor = '0' }) => {
  const from = Number(cursor);
  const to = from + Math.min(3, limit);
  return Promise.resolve({ targets: PEOPLE.slice(from, to), total: PEOPLE.length, ...(to < PEOPLE.length ? { cursor: String(to) } : {}) });
};

describe('targets of the host', () => {
  it('are asked for once typing rests, page after page until there are enough, without the agent', async () => {
    const asked: string[] = [];
    const { directory, clock } = asking((request) => {
      asked.push(`${request.text} ${request.types?.join() ?? 'all'} ${request.limit} ${request.cursor ?? 'first'}`);
      return paged(request);
    });
    expect(directory.hasSearch).to.equal(true);
    const given = new AbortController();
    const early = directory.searchTargets({ text: 'per' }, { signal: given.signal });
    given.abort();
    const found = directory.searchTargets({ text: 'pers', types: ['agent'], limit: 5 }, { signal: never });
    await clock.pass(250);
    expect((await early).hits).to.deep.equal([]);
    expect(asked).to.deep.equal(['pers agent 5 first', 'pers agent 2 3']);
    expect(names(await found)).to.deep.equal(['Person a', 'Person b', 'Person c', 'Person e']);
    expect((await found).total).to.equal(6);
    expect((await found).hits[0]?.nameMatches).to.deep.equal([[0, 4]]);
  });

  it('stand in the order of the host, who is Ready first', async () => {
    const { directory, clock } = asking(paged, PEOPLE[2]?.address);
    const found = directory.searchTargets({ text: 'person', limit: 3 }, { signal: never });
    await clock.pass(250);
    expect(names(await found)).to.deep.equal(['Person c', 'Person a', 'Person b']);
  });

  it('that come too late for their question are dropped, and the host is told by the signal', async () => {
    let answer: (page: { targets: unknown[] }) => void = () => undefined;
    let told = false;
    const { directory, clock } = asking(({ signal }) => {
      signal.addEventListener('abort', () => (told = true));
      return new Promise((resolve) => (answer = resolve));
    });
    const over = new AbortController();
    const found = directory.searchTargets({ text: 'person' }, { signal: over.signal });
    await clock.pass(250);
    over.abort();
    expect(told).to.equal(true);
    answer({ targets: PEOPLE });
    expect((await found).hits).to.deep.equal([]);
  });

  for (const [how, source, code, words] of [
    ['no answer', () => new Promise<never>(() => undefined), 'timeout', 'did not answer within 15 seconds'],
    ['a failure', () => Promise.reject(new Error('down')), 'directory', 'directory search failed'],
    ['an answer of another kind', () => Promise.resolve([] as never), 'directory', 'must answer {targets'],
  ] as const) {
    it(`are an error where there is ${how}`, async () => {
      const { directory, clock } = asking(source);
      const outcome = directory.searchTargets({ text: 'person' }, { signal: never }).then(
        () => 'none',
        (error: unknown) => error as { code: string; message: string },
      );
      await clock.pass(250);
      await clock.pass(15_000);
      expect(await outcome).to.include({ code });
      expect(((await outcome) as { message: string }).message).to.contain(words);
    });
  }

  it('with a bad record are found but for that one, which is named', async () => {
    const { directory, clock, errors } = asking(() => Promise.resolve({ targets: [{ name: 'No Address' }, PEOPLE[0]] }));
    const found = directory.searchTargets({ text: 'person' }, { signal: never });
    await clock.pass(250);
    expect(names(await found)).to.deep.equal(['Person a']);
    expect(errors.join()).to.contain('No Address');
  });

  it('are nobody where the host has no search', async () => {
    const { directory } = asking(undefined);
    expect(directory.hasSearch).to.equal(false);
    expect(await directory.searchTargets({ text: 'x' }, { signal: never })).to.deep.equal({ hits: [], total: 0 });
  });
});
