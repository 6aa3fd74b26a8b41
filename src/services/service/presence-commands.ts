/** Presence of others: what the elements of this tab watch, merged into one wish per tab. */
import { parseAddress } from '../domain/party.js';
import type { PresenceCommands } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';

/**
 * Makes the commands.
 * @param watcher names this tab
 */
export function createPresenceCommands(bus: CommandBus, watcher: string): PresenceCommands {
  /** How many elements watch an address. */
  const counts = new Map<string, number>();
  let planned = false;
  let told: ReadonlySet<string> = new Set();

  const tell = (): void => {
    planned = false;
    if (told.size === counts.size && [...counts.keys()].every((address) => told.has(address))) return;
    told = new Set(counts.keys());
    // Presence that cannot be had is shown as unknown; there is nobody to tell besides.
    bus.execute({ type: 'presence.watch', watcher, addresses: [...told] }).catch(() => undefined);
  };
  const change = (addresses: readonly string[], step: number): void => {
    for (const address of addresses) {
      const count = (counts.get(address) ?? 0) + step;
      if (count > 0) counts.set(address, count);
      else counts.delete(address);
    }
    if (!planned) queueMicrotask(tell);
    planned = true;
  };

  return {
    watch(addresses, signal) {
      if (signal.aborted) return;
      const canonical = [...new Set(addresses.map((address) => parseAddress(address)?.address).filter((address) => address !== undefined))];
      change(canonical, 1);
      signal.addEventListener('abort', () => change(canonical, -1), { once: true });
    },
  };
}
