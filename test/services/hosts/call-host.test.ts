/** Every call of a host: bounded in time, abortable, and its failures in words. */
import { expect } from '@open-wc/testing';
import { callHost } from '../../../src/services/hosts/call-host.js';
import { ServiceError } from '../../../src/services/service-error.js';

/** What a call came to: its value, or the code and message of its error. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => (error instanceof ServiceError ? [error.code, error.message] : error));
}

/** Timers that are run by hand. */
function clock(): { timers: { setTimeout(callback: () => void): number; clearTimeout(): void }; ring(): void; running: number } {
  let due: (() => void) | undefined;
  const all = {
    running: 0,
    ring: () => due?.(),
    timers: {
      setTimeout: (callback: () => void) => {
        due = callback;
        all.running += 1;
        return 1;
      },
      clearTimeout: () => void (all.running -= 1),
    },
  };
  return all;
}

describe('a call of the host', () => {
  it('answers, and leaves no timer behind', async () => {
    const time = clock();
    expect(await callHost({ what: 'contact', call: () => Promise.resolve(7), timers: time.timers })).to.equal(7);
    expect(time.running).to.equal(0);
  });

  it('is refused where the host has no such ability', async () => {
    expect(await outcome(callHost({ what: 'contact', call: undefined }))).to.deep.equal(['host', 'This page offers no contact.']);
  });

  it('tells nothing of what the host threw', async () => {
    const call = (): Promise<never> => Promise.reject(new Error('SELECT * FROM customers'));
    const [code, message] = (await outcome(callHost({ what: 'contact', call }))) as string[];
    expect(code).to.equal('host');
    expect(message).to.contain('contact').and.not.to.contain('SELECT');
  });

  it('also where it throws at once', async () => {
    const call = (): never => {
      throw new TypeError('broken');
    };
    expect(((await outcome(callHost({ what: 'contact', call }))) as string[])[0]).to.equal('host');
  });

  it('ends after its time, and the host is told', async () => {
    const time = clock();
    let aborted = false;
    const call = ({ signal }: { signal: AbortSignal }): Promise<never> =>
      new Promise(() => signal.addEventListener('abort', () => (aborted = true)));
    const ended = outcome(callHost({ what: 'contact', call, limit: 3000, timers: time.timers }));
    time.ring();
    expect(await ended).to.deep.equal(['timeout', 'The page did not answer about the contact within 3 s. Try again.']);
    expect(aborted).to.equal(true);
  });

  it('ends when nobody waits any more, before and while it runs', async () => {
    const control = new AbortController();
    let asked = 0;
    const call = (): Promise<never> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const ended = outcome(callHost({ what: 'contact', call, signal: control.signal }));
    control.abort();
    expect(((await ended) as DOMException).name).to.equal('AbortError');
    expect(((await outcome(callHost({ what: 'contact', call, signal: control.signal }))) as DOMException).name).to.equal('AbortError');
    expect(asked).to.equal(1);
  });
});
