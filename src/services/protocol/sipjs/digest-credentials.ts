/** Digest for sip.js: its own does MD5 only. The secret is fetched beforehand, because sip.js asks for it synchronously. */
import type { DigestAuthentication } from 'sip.js/lib/core/messages/digest-authentication.js';
import type { OutgoingRequestMessage } from 'sip.js/lib/core/index.js';
import type { Credentials, Secret } from '../../service-config.js';
import type { Environment } from '../../environment.js';
import { algorithmsFor, decodeChallenge, encodeAuthorization, NonceCounter, type DigestAlgorithm, type DigestChallenge, type DigestSecret } from '../codecs/digest.js';
import { quoted } from '../codecs/header.js';

/** What sip.js's grammar makes of a challenge. */
interface ParsedChallenge {
  readonly realm?: string;
  readonly nonce?: string;
  readonly opaque?: string;
  readonly algorithm?: string;
  readonly qop?: readonly string[];
  readonly stale?: boolean;
}

/** The challenge as the codec reads it. */
function challengeOf(parsed: ParsedChallenge): DigestChallenge | undefined {
  const { realm, nonce, opaque, algorithm, qop, stale } = parsed;
  if (realm === undefined || !nonce) return undefined;
  const fields = [`realm=${quoted(realm)}`, `nonce=${quoted(nonce)}`];
  if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`);
  if (algorithm) fields.push(`algorithm=${algorithm}`);
  if (qop?.length) fields.push(`qop=${quoted(qop.join(','))}`);
  if (stale) fields.push('stale=true');
  return decodeChallenge(`Digest ${fields.join(', ')}`);
}

function digestSecret(secret: Secret | undefined): DigestSecret | undefined {
  if (typeof secret === 'string') return { password: secret };
  return secret && ('password' in secret || 'ha1' in secret) ? secret : undefined;
}

/** The secret of one account, fetched when needed and forgotten when refused. */
export class DigestCredentials {
  readonly #credentials: Credentials | undefined;
  readonly #user: string;
  readonly #environment: Environment;
  readonly #nonces = new NonceCounter();
  #secret: Secret | undefined;
  #refusals = 0;

  constructor(credentials: Credentials | undefined, user: string, environment: Environment) {
    this.#credentials = credentials;
    this.#user = user;
    this.#environment = environment;
  }

  /** Whether another secret could be had after a refusal. */
  get renewable(): boolean {
    return typeof this.#credentials === 'function';
  }

  /** Algorithms that the secret can answer; all where it is not known yet. */
  get algorithms(): readonly DigestAlgorithm[] {
    const secret = digestSecret(this.#secret);
    return algorithmsFor(secret ?? { password: '' });
  }

  /** Fetches the secret unless it is there. A function that throws counts as no secret. */
  async prepare(): Promise<void> {
    if (this.#secret !== undefined) return;
    const { renewable } = this;
    try {
      this.#secret = renewable && typeof this.#credentials === 'function' ? await this.#credentials({ attempt: this.#refusals }) : (this.#credentials as Secret | undefined);
    } catch {
      this.#secret = undefined;
    }
  }

  /** The switch took the secret. */
  accepted(): void {
    this.#refusals = 0;
  }

  /** The switch refused the secret: another is asked for the next time. */
  refused(): void {
    this.#refusals += 1;
    this.#secret = undefined;
  }

  /** What sip.js calls for each challenged request. */
  factory(): DigestAuthentication | undefined {
    const secret = digestSecret(this.#secret);
    if (!secret) return undefined;
    let value = '';
    const authentication = {
      authenticate: (request: OutgoingRequestMessage, parsed: ParsedChallenge): boolean => {
        const challenge = challengeOf(parsed);
        if (!challenge) return false;
        value = encodeAuthorization({
          challenge,
          username: this.#user,
          secret,
          request: { method: request.method, uri: request.ruri.toString(), body: request.body?.body ?? '' },
          cnonce: this.#environment.randomId().replaceAll('-', ''),
          nonceCount: this.#nonces.next(challenge.nonce),
        });
        return true;
      },
      toString: (): string => value,
    };
    // sip.js uses these two methods only; the rest of its class is private.
    return authentication as unknown as DigestAuthentication;
  }
}
