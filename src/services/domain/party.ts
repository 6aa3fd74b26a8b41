/** A person at one end of a session or call. */

/** Someone who takes part. `address` is the identity that the switch asserted, never a bare From. */
export interface Party {
  /** `sip:user@domain`, lower-case host, no parameters. */
  readonly address: string;
  /** Name for people; the login name where no other is known. */
  readonly name: string;
  /** Login name: the user part of the address. */
  readonly user: string;
}

/** An address taken apart. */
export interface AddressParts {
  /** `sip:user@host`, canonical: scheme and host in lower case, no parameters. */
  readonly address: string;
  readonly user: string;
  readonly host: string;
}

const ADDRESS = /^(?:([sS][iI][pP][sS]?):)?([^\s@<>"';?]+)@([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[;?].*)?$/;

/**
 * Reads a SIP address of record (RFC 3261, 19.1.1), with or without scheme, port and parameters.
 * @returns undefined where the text is no address.
 */
export function parseAddress(text: string): AddressParts | undefined {
  const match = ADDRESS.exec(text.trim());
  const user = match?.[2];
  const host = match?.[3]?.toLowerCase();
  if (!user || !host) return undefined;
  return { address: `${match[1]?.toLowerCase() ?? 'sip'}:${user}@${host}`, user, host };
}

/** A party from its address; the name falls back to the login name. An unreadable address is kept as it is. */
export function partyOf(address: string, name?: string): Party {
  const parts = parseAddress(address);
  const user = parts?.user ?? address;
  return { address: parts?.address ?? address, user, name: name?.trim() || user };
}
