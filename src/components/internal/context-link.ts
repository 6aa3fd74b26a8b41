/**
 * How an element finds what a provider shares, whatever came first.
 *
 * The protocol is the community's (`context-request`, `context-provider`; @lit/context speaks it), so several copies of this code, and
 * providers of other copies, understand each other, closed shadow roots included (both events are composed). Lit's own consumer asks once;
 * whoever is not answered then stays without for ever, unless a `ContextRoot` of the same copy sits on the page. So here each link asks
 * again whenever any provider of its context announces itself: one capturing listener on the document, where an announcement passes even
 * if an outer provider stops it later.
 *
 * With a provider's id the request is dispatched at that element instead of at the consumer. Its `contextTarget` is then an element
 * outside the document, so that a provider that hands its consumers on to a nearer one cannot redirect it.
 */
import { ContextEvent, type Context, type ContextType } from '@lit/context';
import type { ReactiveController } from 'lit';

/** What a link needs of its element. */
export interface ContextLinkHost extends HTMLElement {
  addController(controller: ReactiveController): void;
  /** Id of the provider to use instead of the nearest one around. */
  readonly provider?: string | null | undefined;
}

/** Finds an element by id in the host's root, then outwards through the roots around it to the document. */
function findById(host: Element, id: string): Element | null {
  for (let at: Element = host; ;) {
    const root = at.getRootNode();
    if (root instanceof Document || root instanceof ShadowRoot) {
      const found = root.getElementById(id);
      if (found) return found;
    }
    // A closed root does not reach its host from `at.shadowRoot`, but `getRootNode()` gives it from the inside.
    if (!(root instanceof ShadowRoot)) return null;
    at = root.host;
  }
}

/** Keeps `value` at what the provider gives; calls `changed` at each change. The last value is kept over a move in the DOM. */
export class ContextLink<C extends Context<unknown, unknown>> implements ReactiveController {
  readonly #host: ContextLinkHost;
  readonly #context: C;
  readonly #changed: () => void;
  #value: ContextType<C> | undefined;
  #unsubscribe: (() => void) | undefined;
  /** Counts answers, so that a request knows whether it got one. */
  #answers = 0;

  constructor(host: ContextLinkHost, context: C, changed: () => void) {
    this.#host = host;
    this.#context = context;
    this.#changed = changed;
    host.addController(this);
  }

  /** What the provider gave; undefined without one. */
  get value(): ContextType<C> | undefined {
    return this.#value;
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('context-provider', this.#onProvider, true);
    this.request();
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('context-provider', this.#onProvider, true);
    this.#drop();
  }

  /** Asks anew: after the `provider` id changed, say. Without an answer the value is gone. */
  request(): void {
    if (!this.#host.isConnected) return;
    this.#drop();
    const before = this.#answers;
    const { provider } = this.#host;
    const at = provider ? findById(this.#host, provider) : this.#host;
    const target = provider ? this.#host.ownerDocument.createElement('i') : this.#host;
    at?.dispatchEvent(new ContextEvent(this.#context, target, this.#receive, true));
    if (this.#answers === before) this.#set(undefined);
  }

  readonly #receive = (value: ContextType<C>, unsubscribe?: () => void): void => {
    this.#answers += 1;
    if (unsubscribe !== this.#unsubscribe) this.#drop();
    // A provider may still answer after the element left: then there is nothing to keep.
    if (!this.#host.isConnected) return unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    this.#set(value);
  };

  readonly #onProvider = (event: Event): void => {
    if (!('context' in event) || event.context !== this.#context) return;
    // The provider answers only once its listeners stand; an announcement comes when they do. Without a nearer one this gives the same value.
    this.request();
  };

  #set(value: ContextType<C> | undefined): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#changed();
  }

  #drop(): void {
    const unsubscribe = this.#unsubscribe;
    this.#unsubscribe = undefined;
    unsubscribe?.();
  }
}
