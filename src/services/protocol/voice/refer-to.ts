/** `Refer-To` with and without `Replaces` (RFC 3515, 2.1; RFC 3891; RFC 5589, 7). */
import type { DialogRef } from '../../domain/im-session.js';
import { parseAddress } from '../../domain/party.js';
import { decodeNameAddr } from '../codecs/name-addr.js';
import { parseSipUri } from '../codecs/sip-uri.js';

/** Whom one is sent to. */
export interface ReferTo {
  /** The address of record, for people and for the check that it is one of the own. */
  readonly address: string;
  /** The URI to call, without headers. */
  readonly uri: string;
  /** Value of the Replaces header; absent where it is not attended. */
  readonly replaces?: string;
}

/** Value of Replaces as the far end of a dialog knows it: its own tag is the to-tag (RFC 3891, 3). */
export function replacesOf({ callId, localTag, remoteTag }: DialogRef): string {
  return `${callId};to-tag=${remoteTag};from-tag=${localTag}`;
}

/** The URI that sends somebody into a dialog of ours, in our place. */
export function attendedUri(ref: DialogRef): string {
  return `${ref.remoteTarget}?Replaces=${encodeURIComponent(replacesOf(ref))}`;
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Reads the header; undefined where it is none, or names no SIP address. */
export function readReferTo(header: string | undefined): ReferTo | undefined {
  const uri = decodeNameAddr(header ?? '')?.uri ?? '';
  const parsed = parseSipUri(uri);
  const address = parseAddress(uri)?.address;
  if (!parsed || parsed.scheme === 'tel' || !address) return undefined;
  const value = /[?&]Replaces=([^&]*)/i.exec(parsed.headers)?.[1];
  const replaces = value === undefined ? undefined : decoded(value);
  if (value !== undefined && !replaces) return undefined;
  const bare = uri.slice(0, uri.length - parsed.headers.length);
  return { address, uri: bare, ...(replaces ? { replaces } : {}) };
}
