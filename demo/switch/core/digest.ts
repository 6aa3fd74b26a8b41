/** Digest access authentication, the switch's side (RFC 3261 section 22, RFC 7616, RFC 8760). */
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Accounts } from './accounts.js';
import { splitCommas } from './headers.js';
import type { SipRequest } from './message.js';
import { eachParameter } from './uri.js';

/** Digest algorithm names as RFC 8760 writes them. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

/** What a request's credentials prove. `stale` asks for the same once more with a fresh nonce. */
export type Proof = { readonly kind: 'user'; readonly user: string } | { readonly kind: 'none' } | { readonly kind: 'stale' };

interface NonceState {
  readonly expiresAt: number;
  lastCount: number;
}

/** Settings of an `Authenticator`. */
export interface AuthenticatorOptions {
  readonly accounts: Accounts;
  readonly now: () => number;
  readonly randomId: () => string;
  /** One challenge each, in order of preference; clients that know one only take the last (sip.js: MD5). */
  readonly algorithms: readonly DigestAlgorithm[];
  /** How long a nonce is good for, in ms. */
  readonly nonceLifetime: number;
}

/** More nonces than this are never kept: an unauthenticated flood must not cost memory. */
const MAX_NONCES = 10_000;

const HASHES: Readonly<Record<DigestAlgorithm, (text: string) => string>> = {
  MD5: (text) => bytesToHex(md5(utf8ToBytes(text))),
  'SHA-256': (text) => bytesToHex(sha256(utf8ToBytes(text))),
};

/** Hash of `user:realm:password` (RFC 7616 section 3.4.2), as switches keep it instead of the password. */
export function credentialHash(algorithm: DigestAlgorithm, user: string, realm: string, password: string): string {
  return HASHES[algorithm](`${user}:${realm}:${password}`);
}

/** Issues challenges and checks what comes back. A nonce-count never counts twice, so a recorded request proves nothing. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #nonces = new Map<string, NonceState>();

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** Values for WWW-Authenticate or Proxy-Authenticate, one per algorithm. */
  challenges(stale: boolean): string[] {
    const nonce = this.#issue();
    const tail = `qop="auth"${stale ? ', stale=true' : ''}`;
    return this.#options.algorithms.map(
      (algorithm) => `Digest realm="${this.#options.accounts.domain}", nonce="${nonce}", algorithm=${algorithm}, ${tail}`,
    );
  }

  /** Checks the credentials in `header` (Authorization or Proxy-Authorization). */
  verify(request: SipRequest, header: string): Proof {
    const value = request.headers.get(header);
    if (value === undefined || !/^Digest\s/i.test(value)) return { kind: 'none' };
    const fields = new Map(splitCommas(value.slice(7)).flatMap((field) => eachParameter(`;${field}`)));
    const user = fields.get('username') ?? '';
    const state = this.#nonces.get(fields.get('nonce') ?? '');
    if (!this.#matches(request, fields, user)) return { kind: 'none' };
    const count = parseInt(fields.get('nc') ?? '', 16);
    if (state === undefined || state.expiresAt <= this.#options.now() || !(count > state.lastCount)) return { kind: 'stale' };
    state.lastCount = count;
    return { kind: 'user', user };
  }

  #matches(request: SipRequest, fields: ReadonlyMap<string, string>, user: string): boolean {
    const { accounts, algorithms } = this.#options;
    const agent = accounts.agent(user);
    const algorithm = algorithms.find((name) => name === (fields.get('algorithm') ?? 'MD5').toUpperCase());
    if (agent === undefined || algorithm === undefined || fields.get('realm') !== accounts.domain) return false;
    if (fields.get('uri') !== request.uri || fields.get('qop') !== 'auth') return false;
    const hash = HASHES[algorithm];
    const ha1 = credentialHash(algorithm, user, accounts.domain, agent.password);
    const ha2 = hash(`${request.method}:${request.uri}`);
    const wanted = hash([ha1, fields.get('nonce'), fields.get('nc'), fields.get('cnonce'), 'auth', ha2].join(':'));
    return wanted === (fields.get('response') ?? '').toLowerCase();
  }

  #issue(): string {
    const { now, nonceLifetime, randomId } = this.#options;
    for (const [nonce, { expiresAt }] of this.#nonces) {
      if (expiresAt > now() && this.#nonces.size < MAX_NONCES) break;
      this.#nonces.delete(nonce);
    }
    const nonce = randomId();
    this.#nonces.set(nonce, { expiresAt: now() + nonceLifetime, lastCount: 0 });
    return nonce;
  }
}
