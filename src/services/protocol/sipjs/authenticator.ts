/**
 * Answers challenges (RFC 3261, 22; RFC 7616; RFC 8760; RFC 8898). sip.js asks for its answer synchronously, knows MD5 only and counts CSeq
 * wrongly inside dialogs, so it is told nothing of challenges: a 401 or 407 comes here, and the request goes out again, made anew.
 */
import type { Credentials, Secret } from '../../service-config.js';
import type { Environment } from '../../environment.js';
import {
  algorithmsFor,
  decodeChallenge,
  DIGEST_ALGORITHMS,
  encodeAuthorization,
  NonceCounter,
  strongestChallenge,
  type DigestAlgorithm,
  type DigestChallenge,
  type DigestRequest,
  type DigestSecret,
} from '../codecs/digest.js';
import { headerText } from '../codecs/header.js';
import type { CoreResponse } from './convert.js';

/** How often one request may be answered: with the known secret, with a fresh nonce, with a new secret. */
const MAX_ANSWERS = 3;

/** A header for the next try of a request. */
export interface Authorization {
  readonly name: 'Authorization' | 'Proxy-Authorization';
  value(request: DigestRequest): string;
}

/** The challenges that one request meets. */
export interface Challenges {
  /** What to answer a 401 or 407 with; undefined where there is nothing (more) to answer. */
  answer(response: CoreResponse): Promise<Authorization | undefined>;
}

function sameSecret(one: Secret | undefined, other: Secret | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function digestSecret(secret: Secret): DigestSecret | undefined {
  if (typeof secret === 'string') return { password: secret };
  return 'token' in secret ? undefined : secret;
}

/** The secret of one account: fetched at the first challenge, forgotten when refused. */
export class Authenticator {
  readonly #credentials: Credentials | undefined;
  readonly #user: string;
  readonly #environment: Environment;
  readonly #nonces = new NonceCounter();
  #secret: Secret | undefined;
  #asking: Promise<Secret | undefined> | undefined;
  #refusals = 0;

  constructor(credentials: Credentials | undefined, user: string, environment: Environment) {
    this.#credentials = credentials;
    this.#user = user;
    this.#environment = environment;
    if (typeof credentials !== 'function') this.#secret = credentials;
  }

  /** Algorithms that the secret can answer; all where it is not known yet. */
  get algorithms(): readonly DigestAlgorithm[] {
    const digest = this.#secret === undefined ? undefined : digestSecret(this.#secret);
    return digest ? algorithmsFor(digest) : DIGEST_ALGORITHMS;
  }

  /** The switch took the secret. */
  accepted(): void {
    this.#refusals = 0;
  }

  /** The switch refused the secret: another is asked for at the next challenge, where there is somebody to ask. */
  refused(): void {
    this.#refusals += 1;
    if (typeof this.#credentials === 'function') this.#secret = undefined;
  }

  /** For one request, which may be challenged several times. */
  challenges(): Challenges {
    let answers = 0;
    let used: Secret | undefined;
    return {
      answer: async (response) => {
        const { name, values } = challengesOf(response);
        const challenge = decodeChallenge(values[strongestChallenge(values, this.algorithms)] ?? '');
        // An answer to a stale nonce proves nothing against the secret (RFC 7616, 3.3).
        const isRefusal = used !== undefined && challenge?.stale !== true;
        if (isRefusal && sameSecret(used, this.#secret)) this.refused();
        const secret = answers < MAX_ANSWERS ? await this.#fetch(challenge?.realm) : undefined;
        if (secret === undefined || (isRefusal && sameSecret(used, secret))) return undefined;
        answers += 1;
        used = secret;
        return this.#authorization(name, secret, values);
      },
    };
  }

  #fetch(realm: string | undefined): Promise<Secret | undefined> {
    const credentials = this.#credentials;
    if (this.#secret !== undefined || typeof credentials !== 'function') return Promise.resolve(this.#secret);
    const request = { attempt: this.#refusals, ...(realm === undefined ? {} : { realm }) };
    this.#asking ??= Promise.resolve()
      .then(() => credentials(request))
      // A function that fails counts as no secret: the refusal of the switch is what the agent is told.
      .catch(() => undefined)
      .then((secret) => {
        this.#asking = undefined;
        return (this.#secret = secret);
      });
    return this.#asking;
  }

  #authorization(name: Authorization['name'], secret: Secret, values: readonly string[]): Authorization | undefined {
    if (typeof secret === 'object' && 'token' in secret) return { name, value: () => `Bearer ${headerText(secret.token, 8192)}` };
    const digest = digestSecret(secret);
    const challenge = digest && decodeChallenge(values[strongestChallenge(values, algorithmsFor(digest))] ?? '');
    if (!digest || !challenge) return undefined;
    return { name, value: (request) => this.#digest(challenge, digest, request) };
  }

  #digest(challenge: DigestChallenge, secret: DigestSecret, request: DigestRequest): string {
    const cnonce = this.#environment.randomId().replaceAll('-', '');
    return encodeAuthorization({
      challenge,
      username: this.#user,
      secret,
      request,
      cnonce,
      nonceCount: this.#nonces.next(challenge.nonce),
    });
  }
}

function challengesOf(response: CoreResponse): { name: Authorization['name']; values: readonly string[] } {
  if (response.status === 407) return { name: 'Proxy-Authorization', values: response.all('Proxy-Authenticate') };
  return { name: 'Authorization', values: response.all('WWW-Authenticate') };
}
