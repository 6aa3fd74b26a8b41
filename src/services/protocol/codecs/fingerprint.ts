/** A short number for what identifies a request, the same for every retransmission of it. Not secret, not unguessable. */
import type { HeaderField } from './frame.js';

/** FNV-1a over the values of the named fields, as eight hexadecimal digits. `simplify` may leave out what differs between related requests. */
export function fingerprint(
  headers: readonly HeaderField[],
  names: readonly string[],
  simplify = (value: string): string => value,
): string {
  let hash = 0x811c9dc5;
  for (const field of headers) {
    if (!names.includes(field.name)) continue;
    const value = simplify(field.value);
    for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
