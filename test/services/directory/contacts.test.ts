import { expect } from '@open-wc/testing';
import { createDirectory } from '../../../src/services/directory/create-directory.js';
import { DEFAULT_CONFIG, type ContactSource } from '../../../src/services/index.js';
import { FakeClock, settled } from '../protocol/fakes.js';
import { memoryPreferences } from './support.js';

const ADA = { name: 'Ada Moore', numbers: [{ label: 'Mobile', number: '+1 (555) 0199' }] };

/** A directory with a source of contacts, and a clock. */
function contacts(contactSource: ContactSource | undefined) {
  const clock = new FakeClock();
  const errors: string[] = [];
  const directory = createDirectory({
    environment: clock.environment(),
    config: () => ({ ...DEFAULT_CONFIG, contactSource }),
    preferences: memoryPreferences(),
    presenceOf: () => 'unknown',
    onStatus: () => undefined,
    onError: (error) => void errors.push(error.message),
  });
  return { directory, clock, errors };
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describe('contacts', () => {
  it('are asked of the host once typing rests, with text, limit and a signal', async () => {
    const asked: { text: string; limit: number }[] = [];
    const { directory, clock } = contacts(({ text, limit, signal }) => {
      asked.push({ text, limit });
      expect(signal.aborted).to.equal(false);
      return Promise.resolve({ contacts: [ADA], total: 312 });
    });
    const typed = ['a', 'ad', 'ada'].map((text) => {
      const abort = new AbortController();
      return { abort, answer: directory.searchContacts({ text, limit: 5 }, { signal: abort.signal }) };
    });
    typed.slice(0, 2).forEach(({ abort }) => abort.abort());
    await clock.pass(250);
    const results = await Promise.all(typed.map(({ answer }) => answer));
    expect(asked).to.deep.equal([{ text: 'ada', limit: 5 }]);
    expect(results.map(({ hits }) => hits.length)).to.deep.equal([0, 0, 1]);
    expect(results[2]?.total).to.equal(312);
    expect(results[2]?.hits[0]).to.deep.include({ nameMatches: [[0, 3]] });
    expect(results[2]?.hits[0]?.target).to.deep.include({ type: 'contact', address: 'tel:+15550199', name: 'Ada Moore' });
  });

  it('that answer after their question was given up are dropped', async () => {
    let answer: (value: { contacts: unknown[] }) => void = () => undefined;
    const { directory, clock } = contacts(() => new Promise((resolve) => (answer = resolve)));
    const abort = new AbortController();
    const found = directory.searchContacts({ text: 'ada' }, { signal: abort.signal });
    await clock.pass(250);
    abort.abort();
    answer({ contacts: [ADA] });
    expect((await found).hits).to.deep.equal([]);
  });

  it('with a bad record are shown without it, and the record is named', async () => {
    const { directory, clock, errors } = contacts(() => Promise.resolve({ contacts: [{ name: 'Bo' }, null, ADA] }));
    const found = directory.searchContacts({ text: 'x' }, { signal: new AbortController().signal });
    await clock.pass(250);
    expect((await found).hits.map(({ target }) => target.name)).to.deep.equal(['Ada Moore']);
    expect(errors[0]).to.equal('Record 1 ("Bo") of the contacts has no SIP address (sip:user@domain).');
  });

  it('fail with a code: a source that throws, answers nonsense, or not at all', async () => {
    const failing: ContactSource[] = [
      () => Promise.reject(new Error('x')),
      () => Promise.resolve([] as never),
      () => Promise.resolve(null as never),
    ];
    for (const source of failing) {
      const { directory, clock } = contacts(source);
      const code = codeOf(directory.searchContacts({ text: 'x' }, { signal: new AbortController().signal }));
      await clock.pass(250);
      expect(await code).to.equal('directory');
    }
    const { directory, clock } = contacts(() => new Promise(() => undefined));
    const code = codeOf(directory.searchContacts({ text: 'x' }, { signal: new AbortController().signal }));
    await clock.pass(250);
    await settled();
    await clock.pass(15_000);
    expect(await code).to.equal('timeout');
  });

  it('are nobody without a source', async () => {
    const { directory } = contacts(undefined);
    expect(directory.hasContacts).to.equal(false);
    expect(await directory.searchContacts({ text: 'x' }, { signal: new AbortController().signal })).to.deep.equal({ hits: [], total: 0 });
  });
});
