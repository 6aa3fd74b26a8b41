/** The newest lines of a transcript, without walking through all of it. */
import type { Transcript, TranscriptEntry } from '../../services/index.js';

/** The newest `count` lines, oldest of them first. */
export function newest({ chunks }: Transcript, count: number): TranscriptEntry[] {
  const found: (readonly TranscriptEntry[])[] = [];
  let have = 0;
  for (let at = chunks.length - 1; at >= 0 && have < count; at -= 1) {
    const chunk = chunks[at] ?? [];
    found.unshift(chunk);
    have += chunk.length;
  }
  return count > 0 ? found.flat().slice(-count) : [];
}

/** Id of the message with which the last `count` messages of others begin; undefined where there are fewer. */
export function firstOfPeers({ chunks }: Transcript, count: number): string | undefined {
  let left = count;
  for (let at = chunks.length - 1; at >= 0; at -= 1) {
    for (const entry of (chunks[at] ?? []).toReversed()) {
      if (entry.kind === 'message' && !entry.own) left -= 1;
      if (left === 0) return entry.id;
    }
  }
  return undefined;
}
