/** The dialogs of one gateway: who may speak in each, and what came too early. */
import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import type { DialogName } from '../gateway.js';
import type { CoreDialog } from './dialog.js';
import type { Peer } from './peer.js';
import type { SipStack } from './stack.js';

/** What waits for the dialog to be established; sip.js would drop or swallow it. */
const WAITS: ReadonlySet<string> = new Set(['MESSAGE', 'INFO', 'NOTIFY', 'REFER', 'INVITE']);

/** Requests kept back at most for a dialog that is not established; once it is, they wait for no more than a turn. */
const MAX_HELD = 50;

/** A dialog before it is established: the peer is known already. */
interface Early {
  readonly peer: Peer;
  readonly held: IncomingRequestMessage[];
}

/** sip.js's id of a dialog. */
interface Named {
  readonly id: string;
}

/** The Call-ID and tags of a Replaces header (RFC 3891, 6.1); its to-tag is ours. */
export function dialogNamedBy(replaces: string): DialogName | undefined {
  const [callId = '', ...parameters] = replaces.split(';').map((part) => part.trim());
  const tag = (name: string): string => parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  const [localTag, remoteTag] = [tag('to-tag'), tag('from-tag')];
  return callId && localTag && remoteTag ? { callId, localTag, remoteTag } : undefined;
}

/** See the head of the file. */
export class Dialogs {
  readonly #stack: () => SipStack;
  readonly #early = new Map<string, Early>();
  readonly #alive = new Map<string, CoreDialog>();
  /** Invitations that wait here, by Call-ID and the caller's tag. */
  readonly #waiting = new Map<string, { readonly peer: Peer; onBye(bye: IncomingRequestMessage): void }>();

  constructor(stack: () => SipStack) {
    this.#stack = stack;
  }

  /** A dialog begins; it may never be established. */
  begin({ id }: Named, peer: Peer): void {
    if (!this.#early.has(id)) this.#early.set(id, { peer, held: [] });
  }

  /** It is established: what came too early is received once the owner has the dialog. */
  establish({ id }: Named, dialog: CoreDialog): void {
    this.#alive.set(id, dialog);
    this.#stack().environment.setTimeout(() => {
      const early = this.#early.get(id);
      this.#early.delete(id);
      for (const message of early?.held ?? []) this.#stack().receive(message);
    }, 0);
  }

  /** It is over, or came to nothing. */
  forget({ id }: Named): void {
    const early = this.#early.get(id);
    this.#early.delete(id);
    this.#alive.delete(id);
    for (const message of early?.held ?? []) this.#stack().reply(message, { statusCode: 481 });
  }

  /**
   * An invitation waits here that another page of this device was given: the caller may end its early dialog, whose tag we do not know.
   * @returns ends the waiting
   */
  wait({ callId, fromTag }: IncomingRequestMessage, peer: Peer, onBye: (bye: IncomingRequestMessage) => void): () => void {
    const name = callId + fromTag;
    const waiting = { peer, onBye };
    this.#waiting.set(name, waiting);
    return () => void (this.#waiting.get(name) === waiting && this.#waiting.delete(name));
  }

  /** The established dialog of that name. */
  find({ callId, localTag, remoteTag }: DialogName): CoreDialog | undefined {
    return this.#alive.get(callId + localTag + remoteTag);
  }

  /**
   * Judges a request inside a dialog before sip.js sees it: sip.js would end the dialog on anybody's BYE.
   * @returns false where it is dealt with: refused, or kept back
   */
  admit(message: IncomingRequestMessage): boolean {
    const id = message.callId + message.toTag + message.fromTag;
    const early = this.#early.get(id);
    const peer = early?.peer ?? this.#alive.get(id)?.peer;
    if (peer && !peer.sent(message)) {
      this.#stack().reply(message, { statusCode: 403, reasonPhrase: 'Not Your Dialog' });
      return false;
    }
    if (!peer && message.method === 'BYE') return this.#admitBye(message);
    if (!early || !WAITS.has(message.method)) return true;
    if (early.held.length < MAX_HELD || this.#alive.has(id)) early.held.push(message);
    else this.#stack().reply(message, { statusCode: 500, extraHeaders: ['Retry-After: 1'] });
    return false;
  }

  #admitBye(message: IncomingRequestMessage): boolean {
    const waiting = this.#waiting.get(message.callId + message.fromTag);
    if (!waiting?.peer.sent(message)) return true;
    this.#stack().reply(message, { statusCode: 200 });
    waiting.onBye(message);
    return false;
  }
}
