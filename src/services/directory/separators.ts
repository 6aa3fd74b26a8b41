/** What parts the words of an entry's text, and the runs of an index. */

/** Ends a field, or a run: a line end. */
export const END = 10;

/** Stands before each word, and before each run that begins one. */
export const SPACE = 32;

/** Whether a word ends here. */
export function isSeparator(code: number): boolean {
  return code === SPACE || code === END;
}
