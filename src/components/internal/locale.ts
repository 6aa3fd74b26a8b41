/** In which language an element speaks: the nearest `lang`, the provider's, the page's; and who wants to know when that changes. */

const FALLBACK = 'en';

/** The attribute in an element's surroundings, outwards through shadow roots; what stands on `<html>` is not asked. */
function nearestLang(element: Element): string | undefined {
  const page = element.ownerDocument.documentElement;
  for (let at: Element | null = element; at && at !== page;) {
    const holder: Element | null = at.closest('[lang]');
    if (holder && holder !== page) return holder.getAttribute('lang') ?? undefined;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return undefined;
}

/** A tag that `Intl` takes: canonical, or undefined where it is none. */
function canonical(tag: string | undefined): string | undefined {
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** `en` becomes the `en-GB` that the person's browser prefers, for times and numbers; a tag with a region stays. */
function withRegion(tag: string): string {
  if (tag.includes('-')) return tag;
  return navigator.languages.find((language) => language.split('-', 1)[0] === tag) ?? tag;
}

/**
 * The locale of an element: from `lang` on it or around it, else from the provider, else from the page, else English. A malformed tag is
 * passed over.
 * @returns a tag that `Intl` accepts
 */
export function resolveLocale(element: Element, providerLang?: string): string {
  const candidates = [nearestLang(element), providerLang, element.ownerDocument.documentElement.lang];
  const tag = candidates.map(canonical).find((found) => found !== undefined);
  return withRegion(tag ?? FALLBACK);
}

/** Whether an element is laid out from right to left. */
export function isRtl(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

const watchers = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Watches `lang` and `dir` in every root from the element outwards; observing a root twice costs nothing. */
function observeRoots(element: Element): void {
  observer ??= new MutationObserver(() => {
    for (const watcher of [...watchers]) watcher();
  });
  for (let at: Element = element; ;) {
    const root = at.getRootNode();
    observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
    if (!(root instanceof ShadowRoot)) return;
    at = root.host;
  }
}

/**
 * Calls `changed` when a `lang` or `dir` around the element may have changed, until the returned function is called.
 * One observer serves all elements and ends with the last of them.
 */
export function watchLocale(element: Element, changed: () => void): () => void {
  watchers.add(changed);
  observeRoots(element);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
