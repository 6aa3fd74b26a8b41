/** REGISTER (RFC 3261 section 10.3): several devices per agent, each tied to its connection, each with a public GRUU. */
import type { Accounts } from './accounts.js';
import { publicGruu, type Binding, type Bindings } from './bindings.js';
import type { Connection } from './connection.js';
import type { Authenticator } from './digest.js';
import { answer, type SipRequest, type SipResponse } from './message.js';
import { eachParameter, parameter, parseNameAddress, parseUri, type NameAddress } from './uri.js';

/** What the registrar needs; times in seconds. */
export interface RegistrarOptions {
  readonly accounts: Accounts;
  readonly bindings: Bindings;
  readonly authenticator: Authenticator;
  readonly now: () => number;
  readonly randomId: () => string;
  readonly minExpires: number;
  readonly maxExpires: number;
  readonly maxContacts: number;
}

/** Feature tag in a Contact → media type of the SDP that it stands for (RFC 3840, RFC 4569). */
const FEATURE_TAGS: Readonly<Record<string, string>> = { '+sip.message': 'message', audio: 'audio' };

/** Close code (RFC 6455, 7.4.2: private use) for a connection whose device has registered on another. */
const REPLACED = 4409;

/** Answers REGISTER requests. */
export class Registrar {
  readonly #options: RegistrarOptions;

  constructor(options: RegistrarOptions) {
    this.#options = options;
  }

  /** The final response. A good one also ties the connection to the agent. */
  register(request: SipRequest, connection: Connection): SipResponse {
    const { accounts, authenticator } = this.#options;
    const target = accounts.userOf(parseNameAddress(request.headers.get('to') ?? '')?.uri ?? '');
    if (parseUri(request.uri)?.host !== accounts.domain) return this.#answer(request, 403, 'Internal Sessions Only');
    const proof = authenticator.verify(request, 'Authorization');
    if (proof.kind !== 'user') return this.#challenge(request, proof.kind === 'stale');
    if (proof.user !== target) return this.#answer(request, 403, 'Not Your Address');
    if (connection.user !== undefined && connection.user !== target)
      return this.#answer(request, 403, 'Connection Belongs To Another Agent');
    const refusal = this.#update(request, target, connection);
    if (refusal !== undefined) return refusal;
    connection.user = target;
    return this.#accepted(request, target);
  }

  #challenge(request: SipRequest, stale: boolean): SipResponse {
    const response = this.#answer(request, 401, 'Unauthorized');
    for (const value of this.#options.authenticator.challenges(stale)) response.headers.append('WWW-Authenticate', value);
    return response;
  }

  #update(request: SipRequest, user: string, connection: Connection): SipResponse | undefined {
    const contacts = request.headers.list('contact');
    if (contacts.includes('*')) {
      if (contacts.length > 1 || request.headers.get('expires') !== '0') return this.#answer(request, 400, 'Malformed Contact');
      this.#options.bindings.remove(user);
      return undefined;
    }
    const parsed = contacts.map(parseNameAddress).filter((contact) => contact !== undefined && parseUri(contact.uri) !== undefined);
    if (parsed.length < contacts.length) return this.#answer(request, 400, 'Malformed Contact');
    for (const contact of parsed) {
      if (contact === undefined || this.#store(this.#bindingOf(request, user, contact, connection))) continue;
      return this.#answer(request, 503, 'Too Many Devices');
    }
    return undefined;
  }

  /** False when the agent has too many devices already. */
  #store(binding: Binding): boolean {
    const { bindings, maxContacts, now } = this.#options;
    const known = bindings.of(binding.user);
    if (binding.expiresAt <= now()) bindings.remove(binding.user, binding.key);
    else if (known.length >= maxContacts && known.every(({ key }) => key !== binding.key)) return false;
    else {
      const before = known.find(({ key }) => key === binding.key)?.connection;
      bindings.save(binding);
      // Two pages that say that they are the same device: the one before would be deaf, and never know.
      if (before !== binding.connection) before?.close(REPLACED, 'Replaced');
    }
    return true;
  }

  #bindingOf(request: SipRequest, user: string, contact: NameAddress, connection: Connection): Binding {
    const instance = parameter(contact.params, '+sip.instance')?.replace(/^<|>$/g, '');
    const params = eachParameter(contact.params);
    return {
      user,
      key: instance === undefined ? contact.uri : `${instance}#${parameter(contact.params, 'reg-id') ?? ''}`,
      contactUri: contact.uri,
      instance,
      params: params
        .filter(([name]) => name === 'reg-id' || name in FEATURE_TAGS)
        .map(([name, value]) => (value === '' ? `;${name}` : `;${name}=${value}`))
        .join(''),
      media: new Set(params.flatMap(([name, value]) => (value.toUpperCase() === 'FALSE' ? [] : (FEATURE_TAGS[name] ?? [])))),
      expiresAt: this.#options.now() + this.#lifetime(request, contact) * 1000,
      connection,
    };
  }

  /** Seconds; 0 removes. A malformed value means the longest time (RFC 3261 section 20.19). */
  #lifetime(request: SipRequest, contact: NameAddress): number {
    const { minExpires, maxExpires } = this.#options;
    const text = parameter(contact.params, 'expires') ?? request.headers.get('expires') ?? '';
    const wanted = /^\d{1,10}$/.test(text) ? Number(text) : maxExpires;
    return wanted === 0 ? 0 : Math.min(Math.max(wanted, minExpires), maxExpires);
  }

  #accepted(request: SipRequest, user: string): SipResponse {
    const { accounts, bindings, now } = this.#options;
    const response = this.#answer(request, 200, 'OK');
    for (const { contactUri, expiresAt, instance, params } of bindings.of(user)) {
      const seconds = Math.ceil((expiresAt - now()) / 1000);
      const gruu =
        instance === undefined ? '' : `;pub-gruu="${publicGruu(accounts.addressOf(user), instance)}";+sip.instance="<${instance}>"`;
      response.headers.append('Contact', `<${contactUri}>;expires=${seconds}${gruu}${params}`);
    }
    return response;
  }

  #answer(request: SipRequest, status: number, reason: string): SipResponse {
    return answer(request, status, reason, this.#options.randomId());
  }
}
