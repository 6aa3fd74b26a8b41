/** Remembering what was parsed: the messages of one dialog repeat their addresses, routes and types again and again. */

/** Longest text that is remembered, in UTF-16 units, and how many of them. */
const TEXT_LIMIT = 256;
const ENTRY_LIMIT = 128;

/** `parse` with a bounded memory. Its results are shared, so they must be immutable. */
export function remembering<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > TEXT_LIMIT) return parse(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = parse(text);
    if (known.size >= ENTRY_LIMIT) known.clear();
    known.set(text, result);
    return result;
  };
}
