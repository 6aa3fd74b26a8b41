/** The header section of a SIP message: ordered, case-insensitive, compact names expanded. */

interface Field {
  readonly key: string;
  readonly name: string;
  value: string;
}

/** Compact form → name (RFC 3261 section 7.3.3 and later documents). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
};

/** Splits a comma-separated header value; commas in quotes and angle brackets do not count. */
export function splitCommas(value: string): string[] {
  if (!value.includes(',')) return [value.trim()];
  const parts: string[] = [];
  let start = 0;
  let quotes = false;
  let angles = 0;
  for (let i = 0; i < value.length; i++) {
    const character = value[i];
    if (quotes) {
      if (character === '\\') i++;
      else if (character === '"') quotes = false;
    } else if (character === '"') quotes = true;
    else if (character === '<') angles++;
    else if (character === '>') angles--;
    else if (character === ',' && angles <= 0) {
      parts.push(value.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/** The headers of one message. Names are compared without regard to case; what is not touched keeps its order and spelling. */
export class Headers {
  readonly #fields: Field[] = [];

  /** Appends one header line as received. */
  append(name: string, value: string): void {
    const lower = name.toLowerCase();
    const full = lower.length === 1 ? (COMPACT[lower] ?? name) : name;
    this.#fields.push({ key: full.toLowerCase(), name: full, value });
  }

  /** The first value of a header, undefined when absent. */
  get(name: string): string | undefined {
    const key = name.toLowerCase();
    for (const field of this.#fields) if (field.key === key) return field.value;
    return undefined;
  }

  /** The value of every line of a header, unsplit. */
  all(name: string): string[] {
    const key = name.toLowerCase();
    return this.#fields.filter((field) => field.key === key).map(({ value }) => value);
  }

  /** How many lines of this header there are. */
  count(name: string): number {
    const key = name.toLowerCase();
    return this.#fields.reduce((sum, field) => (field.key === key ? sum + 1 : sum), 0);
  }

  /** Every value of a header that may be a comma-separated list, in order. */
  list(name: string): string[] {
    const key = name.toLowerCase();
    const found: string[] = [];
    for (const field of this.#fields) if (field.key === key) found.push(...splitCommas(field.value));
    return found;
  }

  /** Replaces all lines of a header by one, at the place of the first, or at the end. */
  set(name: string, value: string): void {
    const key = name.toLowerCase();
    const first = this.#fields.find((field) => field.key === key);
    if (first === undefined) {
      this.append(name, value);
      return;
    }
    first.value = value;
    this.#keep((field) => field === first || field.key !== key);
  }

  /** Puts one line before all others. */
  prepend(name: string, value: string): void {
    this.#fields.unshift({ key: name.toLowerCase(), name, value });
  }

  /** Removes every line of the named headers. */
  remove(...names: string[]): void {
    const keys = new Set(names.map((name) => name.toLowerCase()));
    this.#keep((field) => !keys.has(field.key));
  }

  /** Removes and returns the first element of a header that may be a list (Via, Route). */
  shift(name: string): string | undefined {
    const key = name.toLowerCase();
    const index = this.#fields.findIndex((field) => field.key === key);
    const field = this.#fields[index];
    if (field === undefined) return undefined;
    const [first, ...rest] = splitCommas(field.value);
    if (rest.length === 0) this.#fields.splice(index, 1);
    else field.value = rest.join(', ');
    return first;
  }

  /** An independent copy. */
  clone(): Headers {
    const copy = new Headers();
    for (const field of this.#fields) copy.#fields.push({ ...field });
    return copy;
  }

  /** The lines as they go on the wire, each ended by CRLF. */
  toString(): string {
    let text = '';
    for (const field of this.#fields) text += `${field.name}: ${field.value}\r\n`;
    return text;
  }

  #keep(wanted: (field: Field) => boolean): void {
    for (let i = this.#fields.length - 1; i >= 0; i--) {
      const field = this.#fields[i];
      if (field !== undefined && !wanted(field)) this.#fields.splice(i, 1);
    }
  }
}
