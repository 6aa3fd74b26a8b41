/** The lines of a session that nobody has looked at yet: where they begin, and how many there are. */
import type { Transcript, TranscriptEntry } from '../../services/index.js';
import { firstOfPeers, newest } from './recent.js';

/** See the head of the file. */
export class Unseen {
  #shown: string | undefined;
  #told = 0;
  #from: string | undefined;
  #count = 0;
  /** All that is counted was looked at: the mark stays where it is until more comes. */
  #seen = false;

  /** Session that is followed. */
  get shown(): string | undefined {
    return this.#shown;
  }

  /** Id of the first line nobody has looked at. */
  get from(): string | undefined {
    return this.#from;
  }

  /** How many stand after the mark. */
  get count(): number {
    return this.#count;
  }

  /** How many nobody has looked at yet. */
  get waiting(): number {
    return this.#seen ? 0 : this.#count;
  }

  /** Another session is shown: everything in it counts as seen, but for what is marked unread. */
  begin(sessionId: string | undefined, transcript: Transcript, unread: number): void {
    this.#shown = sessionId;
    this.#told = transcript.count;
    this.#count = unread;
    this.#from = unread ? firstOfPeers(transcript, unread) : undefined;
    this.#seen = false;
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
      if (this.#seen || !this.#count) this.#begin(line.id);
      this.#count += 1;
    }
  }

  /** Somebody looks at the newest line. */
  look(): void {
    this.#seen = true;
  }

  /** Whoever writes has read. */
  clear(): void {
    this.#begin(undefined);
  }

  #begin(from: string | undefined): void {
    this.#from = from;
    this.#count = 0;
    this.#seen = false;
  }
}
