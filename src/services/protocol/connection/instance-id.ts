/** The device's name for the switch: `+sip.instance` (RFC 5626, 4.1), the same over reconnects and reloads of this tab; a bare UUID. */
import type { Environment } from '../../environment.js';

const KEY = 'deskside/instance/';
const UUID = /^[0-9a-f-]{36}$/i;

/** The kept id of this tab for this account, or a new one. A storage that is blocked costs nothing but the memory over reloads. */
export function instanceId(environment: Environment, address: string): string {
  const key = KEY + address;
  try {
    const kept = environment.tabStorage?.getItem(key);
    if (kept && UUID.test(kept)) return kept;
  } catch {
    // Blocked storage: a new id for each load of the page.
  }
  const made = environment.randomId();
  try {
    environment.tabStorage?.setItem(key, made);
  } catch {
    // As above.
  }
  return made;
}
