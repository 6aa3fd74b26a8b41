/**
 * The device's name for the switch: `+sip.instance` (RFC 5626, 4.1), the same over reconnects and reloads of a tab, and in all tabs that share
 * one connection; a bare UUID. Each version of this code has its own: two versions on one desk are two devices to the switch.
 */
import type { Environment } from './environment.js';
import { VERSION } from './version.js';

const UUID = /^[0-9a-f-]{36}$/i;

/** Where a tab keeps it. */
function keyOf(address: string): string {
  return `deskside/${VERSION}/instance/${address}`;
}

/** The kept id of this tab for this account, or a new one. A storage that is blocked costs nothing but the memory over reloads. */
export function instanceId(environment: Environment, address: string): string {
  try {
    const kept = environment.tabStorage?.getItem(keyOf(address));
    if (kept && isInstanceId(kept)) return kept;
  } catch {
    // Blocked storage: a new id for each load of the page.
  }
  const made = environment.randomId();
  keepInstanceId(environment, address, made);
  return made;
}

/** Keeps an id for the next load of this tab. */
export function keepInstanceId(environment: Environment, address: string, id: string): void {
  try {
    environment.tabStorage?.setItem(keyOf(address), id);
  } catch {
    // Blocked storage, as above.
  }
}

/** Whether a text can be one. */
export function isInstanceId(text: string): boolean {
  return UUID.test(text);
}
