/** A block of header fields, an empty line, a body (RFC 2045, 3; RFC 3862, 2): parts of a multipart and the two layers of CPIM. */

/** A field as written; names keep their case. */
export type EntityField = readonly [name: string, value: string];

/** An entity taken apart; the body is exactly what stands behind the empty line. */
export interface Entity {
  readonly fields: readonly EntityField[];
  readonly body: string;
}

/** Most header fields of one entity. */
const ENTITY_FIELD_LIMIT = 64;

/** End of the line that begins at `start`, and where the next begins; both the text's end where there is no line break. */
function lineAt(text: string, start: number): [end: number, next: number] {
  const feed = text.indexOf('\n', start);
  if (feed < 0) return [text.length, text.length];
  return [text.charCodeAt(feed - 1) === 0x0d && feed > start ? feed - 1 : feed, feed + 1];
}

/**
 * Reads header fields up to the empty line. Lines end with CRLF or LF; folded lines are joined with a space.
 * @returns undefined where a line is no field or there are too many.
 */
export function readEntity(text: string): Entity | undefined {
  const fields: [string, string][] = [];
  let position = 0;
  while (position < text.length) {
    const [end, next] = lineAt(text, position);
    if (end === position) return { fields, body: text.slice(next) };
    const line = text.slice(position, end);
    position = next;
    const last = fields.at(-1);
    if (last && (line.startsWith(' ') || line.startsWith('\t'))) {
      last[1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || fields.length >= ENTITY_FIELD_LIMIT) return undefined;
    fields.push([line.slice(0, colon).trimEnd(), line.slice(colon + 1).trim()]);
  }
  return { fields, body: '' };
}

/** Value of the first field of that name, whatever its case. */
export function entityField(entity: Entity, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return entity.fields.find(([own]) => own.toLowerCase() === wanted)?.[1];
}
