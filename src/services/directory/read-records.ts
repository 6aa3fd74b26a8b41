/** From records to targets: what is good is taken, what is bad is named and left out. */
import { isServiceError, ServiceError } from '../service-error.js';
import type { Breathe } from './breathe.js';
import { readTarget } from './read-target.js';
import { TargetPack } from './target-pack.js';

/** Bad records that are named one by one; a directory that is wrong from end to end would drown the page in errors. */
const NAMED = 5;

/**
 * Reads records.
 * @param onError told of bad ones: the first few by name, then once how many more there are
 */
export async function readRecords(
  pieces: AsyncIterable<readonly unknown[]>,
  breathe: Breathe,
  onError: (error: ServiceError) => void,
): Promise<TargetPack> {
  const pack = new TargetPack();
  let at = 0;
  let bad = 0;
  for await (const piece of pieces) {
    // To make a piece took time, too: the host's, or the parser's.
    await breathe();
    for (const record of piece) {
      if ((at & 15) === 0) await breathe();
      try {
        pack.add(readTarget(record, at));
      } catch (error) {
        if (!isServiceError(error)) throw error;
        bad += 1;
        if (bad <= NAMED) onError(error);
      }
      at += 1;
    }
  }
  if (bad > NAMED)
    onError(new ServiceError('directory', `${bad - NAMED} more of the directory's ${at} records are wrong and were left out.`));
  return pack.close();
}
