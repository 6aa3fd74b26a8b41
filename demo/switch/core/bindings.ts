/** Where each agent can be reached: the location service behind the registrar (RFC 3261 section 10, RFC 5626, RFC 5627). */
import type { Connection } from './connection.js';

/** One device of an agent. */
export interface Binding {
  readonly user: string;
  /** Same key = same device: the instance and reg-id where given, else the contact URI. */
  readonly key: string;
  readonly contactUri: string;
  /** `+sip.instance` without quotes and angle brackets, e.g. `urn:uuid:…`. */
  readonly instance: string | undefined;
  /** Contact parameters to repeat in the answer, each with its leading `;`. */
  readonly params: string;
  /** Media types that the device registered a feature tag for (RFC 3840): `message`, `audio`. */
  readonly media: ReadonlySet<string>;
  /** Wall clock, ms. */
  readonly expiresAt: number;
  readonly connection: Connection;
}

/** All bindings. Expired ones are never returned and go at the next touch. */
export class Bindings {
  readonly #now: () => number;
  readonly #byUser = new Map<string, Map<string, Binding>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The live devices of an agent, oldest first. */
  of(user: string): Binding[] {
    const devices = this.#byUser.get(user);
    if (devices === undefined) return [];
    const now = this.#now();
    for (const [key, binding] of devices) if (binding.expiresAt <= now) devices.delete(key);
    return [...devices.values()];
  }

  /** The device that a GRUU names. */
  instance(user: string, instance: string): Binding | undefined {
    return this.of(user).findLast((binding) => binding.instance === instance);
  }

  /** Adds a device, or replaces what the same device registered before (also from another connection). */
  save(binding: Binding): void {
    const devices = this.#byUser.get(binding.user) ?? new Map<string, Binding>();
    devices.set(binding.key, binding);
    this.#byUser.set(binding.user, devices);
  }

  /** Removes one device, or all of an agent. */
  remove(user: string, key?: string): void {
    if (key === undefined) this.#byUser.delete(user);
    else this.#byUser.get(user)?.delete(key);
  }

  /** A contact vanishes with its connection. */
  drop(connection: Connection): void {
    const devices = connection.user === undefined ? undefined : this.#byUser.get(connection.user);
    if (devices === undefined) return;
    for (const [key, binding] of devices) if (binding.connection === connection) devices.delete(key);
  }
}

/** The public GRUU of a device (RFC 5627 section 3.1). */
export function publicGruu(address: string, instance: string): string {
  return `${address};gr=${instance}`;
}
