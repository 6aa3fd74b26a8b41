/** Slices of the service's snapshot for an element: it is drawn again only when what it selected changed. */
import type { ReactiveController } from 'lit';
import type { SipService, SliceKey, Slices } from '../../services/index.js';
import type { DesksideElement } from './base-element.js';

/** Reads a slice; undefined where it is not set. */
export type Read = <K extends SliceKey>(key: K) => Slices[K] | undefined;

/** Whether two selections are the same: by identity, or entry by entry one level deep. */
export function sameSelection(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.hasOwn(right, key) && Object.is(value, right[key]));
}

/** Milliseconds that a change may wait which nobody is waiting to see: shorter than a person notices, long enough for several to be drawn as one. */
const REST = 100;

/**
 * Selects from the snapshot: `select` gets a function that reads slices, and whatever it reads is watched. Follows the element's service
 * as it comes, goes or changes; `value` is undefined without one.
 *
 *     readonly #sessions = new StoreController(this, (read) => read('sessions') ?? []);
 *
 * `select` may read properties of the element; it runs again before each update. It must return the same objects for the same state, or
 * new ones that are equal one level deep. A change for which `mayRest` says so is drawn with the next one that may not, or a tenth of a second later.
 */
export class StoreController<T> implements ReactiveController {
  readonly #host: DesksideElement;
  readonly #select: (read: Read) => T;
  readonly #mayRest: (next: T, before: T) => boolean;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #service: SipService | undefined;
  #watched = new Set<SliceKey>();
  #unsubscribe: (() => void) | undefined;
  #value: T | undefined;

  constructor(host: DesksideElement, select: (read: Read) => T, mayRest: (next: T, before: T) => boolean = () => false) {
    this.#host = host;
    this.#select = select;
    this.#mayRest = mayRest;
    host.addController(this);
  }

  /** What was selected last; undefined without a service. */
  get value(): T | undefined {
    return this.#value;
  }

  hostUpdate(): void {
    this.#refresh();
    this.#endRest();
  }

  hostConnected(): void {
    // What changed while the element was away is found by the update that connecting (again) asks for.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#endRest();
    this.#stop();
  }

  readonly #onChange = (): void => {
    const before = this.#value;
    if (!this.#refresh()) return;
    const rests = before !== undefined && this.#value !== undefined && this.#mayRest(this.#value, before);
    if (rests) this.#resting ??= setTimeout(() => this.#host.requestUpdate(), REST);
    else this.#host.requestUpdate();
  };

  #endRest(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
  }

  /** Selects anew and watches what was read. @returns whether the selection changed */
  #refresh(): boolean {
    const service = this.#host.activeService;
    const keys = new Set<SliceKey>();
    const read: Read = (key) => {
      keys.add(key);
      return service?.snapshot.get(key);
    };
    const next = service ? this.#select(read) : undefined;
    this.#watch(service, keys);
    if (sameSelection(next, this.#value)) return false;
    this.#value = next;
    return true;
  }

  #watch(service: SipService | undefined, keys: Set<SliceKey>): void {
    const same = service === this.#service && keys.size === this.#watched.size && [...keys].every((key) => this.#watched.has(key));
    if (same && this.#unsubscribe) return;
    this.#stop();
    if (!service || !this.#host.isConnected) return;
    this.#service = service;
    this.#watched = keys;
    this.#unsubscribe = service.snapshot.subscribe([...keys], this.#onChange);
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#service = undefined;
    this.#watched = new Set();
  }
}
