/** A snapshot on its way from tab to tab: cut into parts that are not too long for one message, and put together again. */
import type { Transcript } from '../domain/transcript.js';
import type { Slice } from './schema/slices.js';

/** Slices of one part, and chunks of a transcript that go into one slice. */
const SLICES = 200;
const CHUNKS = 8;

/** A transcript of any length as runs of its chunks, under the same key. */
function runs(key: Slice[0], { count, chunks }: Transcript): Slice[] {
  const made: Slice[] = [];
  for (let at = 0; at === 0 || at < chunks.length; at += CHUNKS) made.push([key, { count, chunks: chunks.slice(at, at + CHUNKS) }]);
  return made;
}

/** Cuts a snapshot; there is always at least one part. */
export function cut(slices: Iterable<Slice>): readonly (readonly Slice[])[] {
  const parts: Slice[][] = [[]];
  const put = (slice: Slice, isLong: boolean): void => {
    const last = parts.at(-1);
    if (last && last.length < SLICES && !isLong) last.push(slice);
    else parts.push([slice]);
  };
  for (const [key, value] of slices) {
    if (key.startsWith('transcript:')) for (const run of runs(key, value as Transcript)) put(run, true);
    else put([key, value], false);
  }
  return parts;
}

/** Adds a part to what came before it. */
export function join(whole: Map<Slice[0], unknown>, part: readonly Slice[]): void {
  for (const [key, value] of part) {
    const before = whole.get(key);
    if (before === undefined || !key.startsWith('transcript:')) whole.set(key, value);
    else
      whole.set(key, { count: (value as Transcript).count, chunks: [...(before as Transcript).chunks, ...(value as Transcript).chunks] });
  }
}
