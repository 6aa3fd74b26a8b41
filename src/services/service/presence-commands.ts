/** Presence of others: what the elements of this tab watch, merged into one wish per tab. */
import { parseAddress } from '../domain/party.js';
import type { Environment } from '../environment.js';
import { handfuls, Pacer } from '../pacer.js';
import type { PresenceCommands } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';

/** How many elements watch an address. */
class Counts extends Map<string, number> {
  /** Counts for one more element, one address a step, until its signal ends. `counted` takes whom it is counted for. */
  *add(addresses: readonly unknown[], counted: Set<string>, signal: AbortSignal): Generator<void, void> {
    for (const given of addresses) {
      if (signal.aborted) return;
      const address = parseAddress(String(given))?.address;
      if (address !== undefined && !counted.has(address)) {
        counted.add(address);
        this.set(address, (this.get(address) ?? 0) + 1);
      }
      yield;
    }
  }

  /** Counts for one element less, one address a step. */
  *remove(counted: ReadonlySet<string>): Generator<void, void> {
    for (const address of counted) {
      const count = (this.get(address) ?? 1) - 1;
      if (count > 0) this.set(address, count);
      else this.delete(address);
      yield;
    }
  }
}

/**
 * Makes the commands. Who watches thousands has them read a little at a time, in the order of the calls.
 * @param watcher names this tab
 */
export function createPresenceCommands(bus: CommandBus, watcher: string, environment: Environment): PresenceCommands {
  const counts = new Counts();
  const pacer = new Pacer(environment);
  let planned = false;
  let told: ReadonlySet<string> = new Set();

  const tell = (): void => {
    planned = false;
    if (!pacer.isIdle || (told.size === counts.size && [...counts.keys()].every((address) => told.has(address)))) return;
    told = new Set(counts.keys());
    // Presence that cannot be had is shown as unknown; there is nobody to tell besides.
    bus.execute({ type: 'presence.watch', watcher, addresses: [...told] }).catch(() => undefined);
  };
  const plan = (): void => {
    if (!planned) queueMicrotask(tell);
    planned = true;
  };
  const change = (steps: Iterable<void>): void => pacer.add(handfuls(steps, plan));

  return {
    watch(addresses, signal) {
      if (signal.aborted) return;
      const counted = new Set<string>();
      change(counts.add([...addresses], counted, signal));
      signal.addEventListener('abort', () => change(counts.remove(counted)), { once: true });
    },
  };
}
