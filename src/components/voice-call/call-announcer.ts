/** Says what changed in calls, each change once, for those who do not look there. */
import { isAlive, type Call } from '../../services/index.js';
import { announce } from '../internal/announcer.js';

/** See the head of the file. */
export class CallAnnouncer {
  /** What was said last, per call. */
  readonly #told = new Map<string, string>();

  /** The calls as they stand now; those that are shown no more are forgotten. */
  follow(calls: readonly Call[], wordsOf: (call: Call) => string): void {
    for (const call of calls) this.#tell(call, `${call.peer.name}: ${wordsOf(call)}`);
    for (const id of this.#told.keys()) if (!calls.some((call) => call.id === id)) this.#told.delete(id);
  }

  #tell(call: Call, words: string): void {
    const before = this.#told.get(call.id);
    this.#told.set(call.id, words);
    // A call that was over when it was first seen is no news.
    if (before !== words && (before !== undefined || isAlive(call))) announce(words, call.status === 'alerting' ? 'assertive' : 'polite');
  }
}
