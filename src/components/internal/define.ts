/** Guarded registration: several copies of this code may be loaded on one page. */
import { VERSION } from './version.js';
import { warnOnce } from './warn.js';

/** A constructor that may carry the version that registered it. */
type Stamped = CustomElementConstructor & { desksideVersion?: string };

/**
 * Registers `element` under `tag`. Where the tag is taken nothing happens: silently when the other class is of the same version,
 * with a warning when it is of another or of someone else. A class that is registered already is registered as a subclass, so that
 * a host may use it under a second name.
 * @param registry a scoped registry where the host has one; the page's by default
 * @returns the class that answers to the tag now
 */
export function defineElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry = customElements,
): CustomElementConstructor {
  const present: Stamped | undefined = registry.get(tag);
  if (present) {
    if (present !== element && present.desksideVersion !== VERSION) warnOfOther(tag, present, registry);
    return present;
  }
  const target: Stamped = Object.hasOwn(element, 'desksideVersion') ? class extends element {} : element;
  Object.defineProperty(target, 'desksideVersion', { value: VERSION });
  registry.define(tag, target);
  return target;
}

function warnOfOther(tag: string, present: Stamped, registry: CustomElementRegistry): void {
  const owner = present.desksideVersion ? `Deskside ${present.desksideVersion}` : 'other code';
  const advice = 'Load one version only, or use another tag name.';
  warnOnce(registry, `defined ${tag}`, `<${tag}> is already defined by ${owner}; Deskside ${VERSION} leaves it alone. ${advice}`);
}
