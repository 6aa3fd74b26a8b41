/** How much goes into one list. */

/** Most addresses in one list, and most UTF-16 units of them together: the request must stay below the 48 KiB of a SIP message. */
const MAX_LIST = 500;
const MAX_LENGTH = 20_000;

/** Takes one list's worth of addresses off the front; at least one, where there is one. */
export function takeList(addresses: string[]): readonly string[] {
  let length = 0;
  const over = addresses.findIndex((address, index) => (length += address.length) > MAX_LENGTH && index > 0);
  return addresses.splice(0, Math.min(over < 0 ? addresses.length : over, MAX_LIST));
}
