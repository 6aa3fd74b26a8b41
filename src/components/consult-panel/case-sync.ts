/** Keeps running consultations told of the case: what changed on the page goes out, once, and again where it could not. */
import { isServiceError, shareCase, type CaseData, type Interaction, type SipService } from '../../services/index.js';
import type { Consultation } from './consultations.js';

/** What leaves, as one string to compare by. */
function fingerprint({ data, interaction }: Pick<CaseData, 'data' | 'interaction'>): string {
  return JSON.stringify([data.map(({ key, value }) => [key, value]), interaction.ended === true]);
}

/** What a failed attempt depends on: while it is the same, another would fail too. */
function stamp(service: SipService, id: string): string {
  const connection = service.snapshot.get('connection');
  const session = service.snapshot.get(`session:${id}`);
  return JSON.stringify([connection?.status, connection?.since, session?.status, session?.resuming]);
}

/** `late`: it is tried again when the connection is back. `refused`: the colleague's device takes no such change. */
export type Late = 'late' | 'refused';

/** See the head of the file. */
export class CaseSync {
  /** What the last attempt was made in, by session. */
  readonly #tried = new Map<string, string>();
  /** What arrived last, by session; the wire may have cut more off than we did. */
  readonly #sent = new Map<string, string>();
  /** Sessions whose last change did not arrive, and why. */
  readonly #late = new Map<string, Late>();
  readonly #onChange: () => void;

  /** @param onChange called when a session became late, or is late no more */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Why the colleague does not have the latest change; undefined where they have it. */
  late(id: string): Late | undefined {
    return this.#late.get(id);
  }

  /** Looks at every consultation by instant message; called at each update of the panel. */
  follow(service: SipService, interaction: Interaction, all: readonly Consultation[]): void {
    const wanted = fingerprint(shareCase(interaction, service.config.caseSharing, 1).caseData);
    for (const { id, media, ended, withoutCase } of all) {
      if (media !== 'im' || ended || withoutCase || this.#isCurrent(service, id, wanted)) continue;
      const now = stamp(service, id) + wanted;
      if (this.#tried.get(id) === now) continue;
      this.#tried.set(id, now);
      this.#send(service, interaction, id, wanted);
    }
    const alive = new Set(all.map(({ id }) => id));
    for (const known of [this.#tried, this.#sent, this.#late]) {
      for (const id of known.keys()) if (!alive.has(id)) known.delete(id);
    }
  }

  #isCurrent(service: SipService, id: string, wanted: string): boolean {
    const known = service.snapshot.get(`case:${id}`);
    return this.#sent.get(id) === wanted || (known !== undefined && fingerprint(known) === wanted);
  }

  #send(service: SipService, interaction: Interaction, id: string, wanted: string): void {
    service.im.updateCase(id, interaction.caseData, interaction.ended ? { ended: true } : {}).then(
      () => {
        this.#sent.set(id, wanted);
        if (this.#late.delete(id)) this.#onChange();
      },
      (error: unknown) => {
        this.#late.set(id, isServiceError(error) && error.code === 'unsupported' ? 'refused' : 'late');
        this.#onChange();
        // A refusal by the state of things is tried again when that changes; what is wrong with the data was told by the service.
        if (!isServiceError(error)) reportError(error);
      },
    );
  }
}
