/** The lines of a session that nobody has looked at yet: where they begin, and how many there are. */
import type { Transcript, TranscriptEntry } from '../../services/index.js';
import { firstOfPeers, newest } from './recent.js';

/** See the head of the file. */
export class Unseen {
  #shown: string | undefined;
  #told = 0;
  #from: string | undefined;
  #count = 0;

  /** Session that is followed. */
  get shown(): string | undefined {
    return this.#shown;
  }

  /** Id of the first line nobody has looked at. */
  get from(): string | undefined {
    return this.#from;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** Another session is shown: everything in it counts as seen, but for what is marked unread. */
  begin(sessionId: string | undefined, transcript: Transcript, unread: number): void {
    this.#shown = sessionId;
    this.#told = transcript.count;
    this.#count = unread;
    this.#from = unread ? firstOfPeers(transcript, unread) : undefined;
  }

  /** The lines that came since the last time. */
  fresh(transcript: Transcript): readonly TranscriptEntry[] {
    const lines = newest(transcript, transcript.count - this.#told);
    this.#told = transcript.count;
    return lines;
  }

  /** Marks the first message of another that nobody looks at, and counts on. */
  missed(lines: readonly TranscriptEntry[]): void {
    for (const line of lines) {
      if (line.kind !== 'message' || line.own) continue;
      if (!this.#count) this.#from = line.id;
      this.#count += 1;
    }
  }

  /** Whoever writes has read. */
  clear(): void {
    this.#from = undefined;
    this.#count = 0;
  }
}
