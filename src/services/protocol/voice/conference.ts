/**
 * Conferences: calls of this agent that are mixed in the tab that has their sound. Each other party has a call with this agent only, so one can be
 * dropped by ending its call, and the agent can leave two connected by a transfer.
 */
import { isUp } from '../../domain/call.js';
import { ServiceError } from '../../service-error.js';
import type { VoiceCall } from './voice-call.js';

/** See the head of the file. */
export class Conference {
  readonly #call: (id: string) => VoiceCall | undefined;
  /** Calls that are in it. */
  readonly #members = new Set<string>();

  constructor(call: (id: string) => VoiceCall | undefined) {
    this.#call = call;
  }

  /**
   * Everyone hears everyone: both calls are taken off hold first; shown once the mix is there.
   * @throws ServiceError `invalid-state` (one is not up), `media` (the sound is in two tabs, or cannot be mixed)
   */
  async join(one: VoiceCall, other: VoiceCall): Promise<void> {
    if (!isUp(one.call) || !isUp(other.call)) throw new ServiceError('invalid-state', 'Both calls must be connected.');
    if (one.call.tab !== other.call.tab) throw new ServiceError('media', 'The sound of these calls is not in the same window.');
    for (const call of [one, other]) if (call.call?.status === 'held') await call.hold(false);
    const calls = [one, other, ...this.#others([one, other])];
    try {
      for (const call of [one, other]) call.change({ pending: 'conferencing' });
      const [first, ...rest] = calls.map((call) => call.upLeg());
      await first?.ask({ type: 'mix', with: rest.map(({ id }) => id) });
      for (const call of calls) this.#members.add(call.id);
    } finally {
      for (const call of [one, other]) if (isUp(call.call)) call.change({ pending: undefined });
    }
    this.#show();
  }

  /** Silences the agent: toward everyone where it is a conference. */
  async mute(call: VoiceCall, muted: boolean): Promise<void> {
    const all = this.#members.has(call.id) ? this.#others([]) : [call];
    await Promise.all(all.map((one) => one.mute(muted)));
  }

  /** A call is over. */
  left(id: string): void {
    if (!this.#members.delete(id)) return;
    if (this.#members.size === 1) {
      const [last] = this.#others([]);
      this.#members.clear();
      last?.change({ parties: [], conference: undefined });
    } else this.#show();
  }

  #others(without: readonly VoiceCall[]): VoiceCall[] {
    return [...this.#members].flatMap((id) => this.#call(id) ?? []).filter((call) => !without.includes(call));
  }

  #show(): void {
    const all = this.#others([]);
    const parties = all.flatMap((call) => call.call?.peer ?? []);
    for (const call of all) call.change({ parties, conference: all.filter((other) => other !== call).map(({ id }) => id) });
  }
}
