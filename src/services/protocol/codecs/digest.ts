/** Digest authentication as a client (RFC 7616, RFC 8760, RFC 3261 section 22): reading challenges, choosing one, answering it. */
import { md5, sha256 } from './hashes.js';
import { headerText, parseParameters, quoted } from './header.js';

/** What we can compute. SHA-512-256 is left out: no switch asks for it alone, see docs/decisions/002-digest-hashes.md. */
export type DigestAlgorithm = 'SHA-256' | 'MD5';

/** Strongest first: the order of choice among several challenges (RFC 8760, 2.4). */
export const DIGEST_ALGORITHMS: readonly DigestAlgorithm[] = ['SHA-256', 'MD5'];

const HASHES: Readonly<Record<DigestAlgorithm, (text: string) => string>> = { 'SHA-256': sha256, MD5: md5 };
const HA1_LENGTH: Readonly<Record<DigestAlgorithm, number>> = { 'SHA-256': 64, MD5: 32 };

/** A challenge that can be answered. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: DigestAlgorithm;
  /** The `-sess` variant of the algorithm. */
  readonly session: boolean;
  /** Absent where the server asks as RFC 2069 did. */
  readonly qop?: 'auth' | 'auth-int';
  /** The credentials were right, only the nonce was too old: try again without asking anybody. */
  readonly stale: boolean;
}

/** What proves who we are: a password, or HA1 (the hash of `user:realm:password`) in hexadecimal for one algorithm. */
export type DigestSecret = { readonly password: string } | { readonly ha1: string };

/** What is signed. */
export interface DigestRequest {
  readonly method: string;
  /** Request-URI as it stands in the request line. */
  readonly uri: string;
  /** Body, which `auth-int` covers. */
  readonly body?: string;
}

const SCHEME = /^Digest[ \t]+/i;
const HEX = /^[0-9A-Fa-f]+$/;

/** The algorithms that a secret can answer: HA1 holds for the one whose hash has its length. */
export function algorithmsFor(secret: DigestSecret): DigestAlgorithm[] {
  if ('password' in secret) return [...DIGEST_ALGORITHMS];
  return DIGEST_ALGORITHMS.filter((algorithm) => secret.ha1.length === HA1_LENGTH[algorithm] && HEX.test(secret.ha1));
}

function readQop(value: string | undefined): DigestChallenge['qop'] | 'unknown' {
  if (value === undefined || value.trim() === '') return undefined;
  const offered = value
    .toLowerCase()
    .split(',')
    .map((one) => one.trim());
  return offered.includes('auth') ? 'auth' : offered.includes('auth-int') ? 'auth-int' : 'unknown';
}

/** Reads the value of a WWW-Authenticate or Proxy-Authenticate header. @returns undefined where it cannot be answered here. */
export function decodeChallenge(value: string): DigestChallenge | undefined {
  const scheme = SCHEME.exec(value);
  const parameters = scheme && parseParameters(value.slice(scheme[0].length), ',');
  const realm = parameters?.get('realm');
  const nonce = parameters?.get('nonce');
  if (!parameters || realm === undefined || !nonce) return undefined;
  const named = (parameters.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = DIGEST_ALGORITHMS.find((one) => named === one || named === `${one}-SESS`);
  const qop = readQop(parameters.get('qop'));
  if (!algorithm || qop === 'unknown') return undefined;
  const opaque = parameters.get('opaque');
  return {
    realm,
    nonce,
    algorithm,
    session: named.endsWith('-SESS'),
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    ...(qop === undefined ? {} : { qop }),
    ...(opaque === undefined ? {} : { opaque }),
  };
}

/**
 * Index of the value to answer among several challenges: the strongest algorithm that `usable` holds, of equal ones the
 * first (RFC 8760, 2.4). @returns -1 where none can be answered.
 */
export function strongestChallenge(values: readonly string[], usable: readonly DigestAlgorithm[] = DIGEST_ALGORITHMS): number {
  const algorithms = values.map((value) => decodeChallenge(value)?.algorithm);
  const best = DIGEST_ALGORITHMS.find((algorithm) => usable.includes(algorithm) && algorithms.includes(algorithm));
  return best === undefined ? -1 : algorithms.indexOf(best);
}

/** HA1 for a user: what a deployment stores in place of the password (RFC 7616, 3.4.2, without session). */
export function computeHa1(algorithm: DigestAlgorithm, username: string, realm: string, password: string): string {
  return HASHES[algorithm](`${username}:${realm}:${password}`);
}

/** Counts how often each nonce was used, as `nc` must tell (RFC 7616, 3.4); keeps the last 16 nonces. */
export class NonceCounter {
  readonly #counts = new Map<string, number>();

  /** The count for the next use of `nonce`, from 1. */
  next(nonce: string): number {
    const count = (this.#counts.get(nonce) ?? 0) + 1;
    this.#counts.delete(nonce);
    this.#counts.set(nonce, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > 16 && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }
}

/** What an answer is made of. */
export interface DigestInput {
  readonly challenge: DigestChallenge;
  readonly username: string;
  readonly secret: DigestSecret;
  readonly request: DigestRequest;
  /** Fresh and unguessable for every answer; letters and digits. */
  readonly cnonce: string;
  /** From `NonceCounter.next(challenge.nonce)`. */
  readonly nonceCount: number;
}

const nonceCountText = (count: number): string => (count >>> 0).toString(16).padStart(8, '0');

/** The response value (RFC 7616, 3.4.1 to 3.4.3). */
export function digestResponse({ challenge, username, secret, request, cnonce, nonceCount }: DigestInput): string {
  const hash = HASHES[challenge.algorithm];
  const plain = 'ha1' in secret ? secret.ha1.toLowerCase() : computeHa1(challenge.algorithm, username, challenge.realm, secret.password);
  const ha1 = challenge.session ? hash(`${plain}:${challenge.nonce}:${cnonce}`) : plain;
  const body = challenge.qop === 'auth-int' ? `:${hash(request.body ?? '')}` : '';
  const ha2 = hash(`${request.method}:${request.uri}${body}`);
  if (challenge.qop === undefined) return hash(`${ha1}:${challenge.nonce}:${ha2}`);
  return hash(`${ha1}:${challenge.nonce}:${nonceCountText(nonceCount)}:${cnonce}:${challenge.qop}:${ha2}`);
}

/** Value of the Authorization or Proxy-Authorization header (RFC 7616, 3.4; RFC 3261, 25.1 for what is quoted). */
export function encodeAuthorization(input: DigestInput): string {
  const { challenge, username, request, cnonce, nonceCount } = input;
  const parts = [
    `username=${quoted(username)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(request.uri)}`,
    `response="${digestResponse(input)}"`,
    `algorithm=${challenge.algorithm}${challenge.session ? '-sess' : ''}`,
  ];
  if (challenge.opaque !== undefined) parts.push(`opaque=${quoted(challenge.opaque)}`);
  if (challenge.qop !== undefined || challenge.session) parts.push(`cnonce="${headerText(cnonce)}"`);
  if (challenge.qop !== undefined) parts.push(`qop=${challenge.qop}`, `nc=${nonceCountText(nonceCount)}`);
  return `Digest ${parts.join(', ')}`;
}
