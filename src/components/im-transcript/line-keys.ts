/** The keyboard in the lines of a transcript. */

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Arrow keys, Home and End go from line to line; what has the focus is scrolled into view. */
export function moveAmongLines(root: ParentNode, event: KeyboardEvent): void {
  const step = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const items = [...root.querySelectorAll<HTMLElement>('[data-id]')];
  const focused = items.findIndex((item) => item.matches(':focus'));
  const from = focused < 0 ? items.length - (step < 0 ? 0 : 1) : focused;
  const next = items[Math.max(0, Math.min(items.length - 1, from + step))];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

/** Whether Enter sends. Half a word of an input method (`Process` where the browser tells no better) never does: Enter belongs to it. */
export function isSendKey(event: KeyboardEvent): boolean {
  // Safari ends the composition before this key is told: there only the old code 229 says that the key was the input method's.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
