/**
 * The page's voice: one hidden polite live region and one assertive, for every element and every copy of this code.
 *
 * A region must be in the document before its text changes, or screen readers miss it; so it is made when the first element is attached
 * and stays. Each announcement is a node of its own that is taken away later, so that copies do not overwrite each other and the same
 * words can be said twice. The transcript itself is no live region (VoiceOver would read it all again).
 */

/** How urgent: `polite` waits until the reader pauses, `assertive` interrupts. */
export type Urgency = 'polite' | 'assertive';

const MARK = 'data-deskside-announcer';
/** Announcements that come within this time (ms) are said together. */
const PAUSE = 250;
/** How long words stay in the region, in ms: long enough for a slow reader to fetch them. */
const STAY = 5000;
/** Of a flood only the newest are said. */
const MAX_TOGETHER = 5;

const hide: readonly (readonly [string, string])[] = [
  ['position', 'absolute'],
  ['inline-size', '1px'],
  ['block-size', '1px'],
  ['overflow', 'hidden'],
  ['clip-path', 'inset(50%)'],
  ['white-space', 'nowrap'],
];

const waiting: Record<Urgency, string[]> = { polite: [], assertive: [] };
let timer: ReturnType<typeof setTimeout> | undefined;

/** The region of the page; made where it is missing. */
function region(page: Document, urgency: Urgency): HTMLElement {
  const present = page.querySelector<HTMLElement>(`[${MARK}="${urgency}"]`);
  if (present) return present;
  const made = page.createElement('div');
  made.setAttribute(MARK, urgency);
  made.setAttribute('aria-live', urgency);
  made.setAttribute('aria-relevant', 'additions');
  // A style attribute would be refused by a strict policy; properties are not.
  for (const [name, value] of hide) made.style.setProperty(name, value);
  page.body.append(made);
  return made;
}

/** Makes the regions, so that they stand before anything is to be said. */
export function ensureAnnouncer(page: Document = document): void {
  // An element in the head of a page that is still being read comes before the body.
  if (!page.querySelector('body')) return;
  region(page, 'polite');
  region(page, 'assertive');
}

/** Says words to users of screen readers. Announcements in quick succession are joined; of a flood only the newest are said. */
export function announce(words: string, urgency: Urgency = 'polite'): void {
  const text = words.trim();
  if (!text) return;
  const queue = waiting[urgency];
  if (queue.at(-1) !== text) queue.push(text);
  timer ??= setTimeout(flush, PAUSE);
}

function flush(): void {
  timer = undefined;
  for (const urgency of ['assertive', 'polite'] as const) {
    const texts = waiting[urgency].splice(0).slice(-MAX_TOGETHER);
    if (texts.length === 0) continue;
    const node = document.createElement('div');
    node.textContent = texts.join('. ');
    region(document, urgency).append(node);
    setTimeout(() => node.remove(), STAY);
  }
}
