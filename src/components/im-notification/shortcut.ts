/** A shortcut as the page writes it (`Alt+Shift+N`), and whether a key press is it. */

const MODIFIERS = ['alt', 'ctrl', 'meta', 'shift'] as const;

/** A shortcut: modifiers and one key, lower case. */
export interface Shortcut {
  readonly modifiers: ReadonlySet<string>;
  readonly key: string;
}

const isModifier = (word: string): boolean => (MODIFIERS as readonly string[]).includes(word);

/** Reads a shortcut; undefined where the text is none. A single key without modifiers is allowed: the page chose it (WCAG 2.1.4). */
export function parseShortcut(text: string): Shortcut | undefined {
  const words = text
    .toLowerCase()
    .split('+')
    .map((word) => word.trim());
  const key = words.pop();
  if (!key || isModifier(key) || !words.every(isModifier)) return undefined;
  return { modifiers: new Set(words), key };
}

/** Whether the key press is the shortcut. With Alt some keyboards type another character, so the place of the key counts as well. */
export function isShortcut(event: KeyboardEvent, { modifiers, key }: Shortcut): boolean {
  const held: Readonly<Record<string, boolean>> = { alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, shift: event.shiftKey };
  if (!MODIFIERS.every((name) => held[name] === modifiers.has(name))) return false;
  return event.key.toLowerCase() === key || event.code.toLowerCase() === `key${key}`;
}

/** Whether somebody types into a field just now: then a shortcut without Ctrl, Alt or Meta is a letter. */
export function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  const field = target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/.test(target.localName));
  return field && !event.altKey && !event.ctrlKey && !event.metaKey;
}
