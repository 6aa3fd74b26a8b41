/** PUBLISH (RFC 3903): each device's presence document, kept until it expires. */
import { answer, type SipRequest, type SipResponse } from '../message.js';
import type { Timers } from '../timers.js';
import { mergePresence, parsePresence, type PresenceDocument } from './pidf.js';

/** What the publications need. */
export interface PublicationOptions {
  readonly timers: Timers;
  readonly randomId: () => string;
  /** Seconds. */
  readonly maxExpires: number;
  readonly addressOf: (user: string) => string;
  /** An agent's state is another one now. */
  readonly changed: (user: string) => void;
}

interface Publication {
  readonly document: PresenceDocument;
  readonly stop: () => void;
}

/** More devices than this per agent are refused. */
const MAX_PUBLICATIONS = 16;

/** In place of an entity tag, for what no device has published. */
const STANDING = '*';

/** The event state of all agents, in memory. */
export class Publications {
  readonly #options: PublicationOptions;
  readonly #byUser = new Map<string, Map<string, Publication>>();

  constructor(options: PublicationOptions) {
    this.#options = options;
  }

  /** What is known of an agent, as one document; undefined when nothing was published. */
  document(user: string): string | undefined {
    const publications = this.#byUser.get(user);
    if (publications === undefined || publications.size === 0) return undefined;
    const documents = [...publications.values()].map(({ document }) => document);
    return mergePresence(this.#options.addressOf(user), documents);
  }

  /** Answers a PUBLISH for `user`, whose right to it was checked. */
  publish(request: SipRequest, user: string): SipResponse {
    const etag = request.headers.get('sip-if-match');
    const publications = this.#of(user);
    const before = etag === undefined ? undefined : publications.get(etag);
    if (etag !== undefined && before === undefined) return this.#refuse(request, 412, 'Conditional Request Failed');
    if (request.body === '' && before === undefined) return this.#refuse(request, 400, 'No Presence Document');
    if (request.body !== '' && !isPidf(request)) return this.#refuse(request, 415, 'Unsupported Media Type');
    if (before === undefined && publications.size >= MAX_PUBLICATIONS) return this.#refuse(request, 503, 'Too Many Devices');
    const document = request.body === '' ? before?.document : parsePresence(request.body);
    if (document === undefined) return this.#refuse(request, 400, 'Malformed Presence Document');
    before?.stop();
    if (etag !== undefined) publications.delete(etag);
    return this.#store(request, user, document, before?.document);
  }

  /** Keeps a document without an expiry, in place of the one that was kept so before. @throws Error where it is no presence document */
  put(user: string, xml: string): void {
    const document = parsePresence(xml);
    if (document === undefined) throw new Error(`What was to be published for ${user} is no presence document.`);
    this.#of(user).set(STANDING, { document, stop: () => undefined });
    this.#options.changed(user);
  }

  #store(request: SipRequest, user: string, document: PresenceDocument, before: PresenceDocument | undefined): SipResponse {
    const seconds = this.#lifetime(request);
    const etag = this.#options.randomId();
    if (seconds > 0) {
      const stop = this.#options.timers.start(() => this.#expire(user, etag), seconds * 1000);
      this.#of(user).set(etag, { document, stop });
    }
    const response = answer(request, 200, 'OK', this.#options.randomId());
    response.headers.append('SIP-ETag', etag);
    response.headers.append('Expires', String(seconds));
    if (document !== before || seconds === 0) this.#options.changed(user);
    return response;
  }

  #refuse(request: SipRequest, status: number, reason: string): SipResponse {
    return answer(request, status, reason, this.#options.randomId());
  }

  #of(user: string): Map<string, Publication> {
    const found = this.#byUser.get(user) ?? new Map<string, Publication>();
    this.#byUser.set(user, found);
    return found;
  }

  #expire(user: string, etag: string): void {
    if (this.#byUser.get(user)?.delete(etag) === true) this.#options.changed(user);
  }

  #lifetime(request: SipRequest): number {
    const text = request.headers.get('expires') ?? '';
    return /^\d{1,10}$/.test(text) ? Math.min(Number(text), this.#options.maxExpires) : this.#options.maxExpires;
  }
}

function isPidf({ headers }: SipRequest): boolean {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === 'application/pidf+xml';
}
