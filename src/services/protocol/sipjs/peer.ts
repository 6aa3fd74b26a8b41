/** Who may speak in a dialog. Whoever learnt its ids can send requests into it, through any switch (docs/wire.md, "Identity"). */
import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import { parseAddress } from '../../domain/party.js';
import type { SipIdentity } from '../gateway.js';
import { senderOf } from './convert.js';

/** A GRUU's parameter (RFC 5627): such a URI has its owner's address of record in it. */
const GRUU = /;gr(?:=|;|$)/i;

const addressOf = (uri: string): string => parseAddress(uri)?.address ?? uri;

/** The other end of one dialog. */
export class Peer {
  readonly identity: SipIdentity;
  readonly #claimed: string;
  readonly #asserted: ReadonlySet<string>;

  /**
   * @param identity of the request or response that made the dialog
   * @param remoteUri the dialog's remote URI (RFC 3261, 12.1): From of what comes
   * @param remoteTarget Contact; where the answer to an address of many was not asserted, its GRUU says who answered
   */
  constructor(identity: SipIdentity, remoteUri: string, remoteTarget: string) {
    this.identity = identity;
    this.#claimed = addressOf(remoteUri);
    const isOwner = !identity.asserted && GRUU.test(remoteTarget);
    this.#asserted = new Set([identity.address, ...(isOwner ? [addressOf(remoteTarget)] : [])]);
  }

  /** Whether a request is the peer's: its asserted identity is; where nothing is asserted, its From is. */
  sent(message: IncomingRequestMessage): boolean {
    const { address, asserted } = senderOf(message);
    return asserted ? this.#asserted.has(address) : address === this.#claimed;
  }
}
