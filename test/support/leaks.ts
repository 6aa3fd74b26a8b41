/** What an element leaves behind. */
import type { DesksideElement } from '../../src/components/internal/base-element.js';
import type { FakeService } from './elements.js';

/** Listeners added to the page by whatever runs inside: counted by replacing `addEventListener` of document and window for a while. */
class PageListeners {
  readonly #live = new Map<string, number>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    for (const target of [document, window]) this.#spy(target);
  }

  #spy(target: EventTarget): void {
    const ids = new WeakMap<object, number>();
    let last = 0;
    const key = (type: string, listener: unknown, options: unknown): string => {
      const known = typeof listener === 'object' || typeof listener === 'function' ? (listener ?? target) : target;
      if (!ids.has(known)) ids.set(known, (last += 1));
      const capture = typeof options === 'object' && options !== null && 'capture' in options ? options.capture === true : options === true;
      return `${target === document ? 'document' : 'window'} ${type} ${String(ids.get(known))} ${String(capture)}`;
    };
    target.addEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: AddEventListenerOptions | boolean,
    ) => {
      const name = key(type, listener, options);
      this.#live.set(name, 1);
      if (typeof options === 'object') options.signal?.addEventListener('abort', () => this.#live.delete(name), { once: true });
      EventTarget.prototype.addEventListener.call(target, type, listener, options);
    };
    target.removeEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: EventListenerOptions | boolean,
    ) => {
      this.#live.delete(key(type, listener, options));
      EventTarget.prototype.removeEventListener.call(target, type, listener, options);
    };
    this.#undo.push(() => {
      delete (target as { addEventListener?: unknown }).addEventListener;
      delete (target as { removeEventListener?: unknown }).removeEventListener;
    });
  }

  /** Ends the counting. @returns what is still listening */
  end(): string[] {
    for (const undo of this.#undo) undo();
    return [...this.#live.keys()];
  }
}

/**
 * Attaches and detaches an element a hundred times and says what is left behind: watched slices, listeners of the service, of the document
 * and of the window. Empty is right.
 */
export async function leaks(make: () => DesksideElement, fake: FakeService): Promise<string[]> {
  const page = new PageListeners();
  for (let round = 0; round < 100; round += 1) {
    const element = make();
    element.service = fake.service;
    document.body.append(element);
    await element.updateComplete;
    element.remove();
  }
  const watched = [...fake.watched()].map(([key, count]) => `slice ${key} × ${count}`);
  const listening = fake.listeners() > 0 ? [`service × ${fake.listeners()}`] : [];
  return [...page.end(), ...watched, ...listening];
}
