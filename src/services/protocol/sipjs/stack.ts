/** sip.js's core, bound to a socket and screened: transactions and dialogs, nothing of its API layer. */
import {
  IncomingRequestMessage,
  UserAgentCore,
  type OutgoingRequestMessage,
  type ResponseOptions,
  type URI,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import type { Environment } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import { screen, SUPPORTED_OPTIONS } from '../codecs/screen.js';
import type { GatewayAccount, SipBody } from '../gateway.js';
import type { Authenticator } from './authenticator.js';
import { useUniqueBranches } from './branches.js';
import { headersWith, toBody } from './convert.js';
import { readUri } from './grammar.js';
import { silentLoggers } from './loggers.js';
import { ownTimers, type OwnTimers } from './own-timers.js';
import { Requests } from './requests.js';
import { toSipMessage } from './sip-message.js';
import { SipSocket } from './socket.js';

/** What an out-of-dialog request is made of. */
export interface MessageOptions {
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly body?: SipBody;
  /** What a series of requests shares (RFC 3261, 8.1.1.4 and 10.2). */
  readonly callId?: string;
  readonly fromTag?: string;
  readonly toTag?: string;
  readonly cseq?: number;
  readonly routeSet?: readonly string[];
}

/** What a stack is made of. */
export interface StackOptions {
  readonly environment: Environment;
  readonly account: GatewayAccount;
  readonly authenticator: Authenticator;
  /** Out-of-dialog requests. */
  readonly delegate: UserAgentCoreDelegate;
  /** Looks at every request inside a dialog before sip.js does. @returns false where it has been dealt with */
  admit(message: IncomingRequestMessage): boolean;
  onClose(close: { code: number; reason: string }): void;
  /** Something was dropped or failed; never with content of a message. */
  onFault(fault: string): void;
}

/** A URI that sip.js can use. @throws ServiceError `configuration` */
export function uriOf(text: string): URI {
  const uri = readUri(text);
  if (!uri) throw new ServiceError('configuration', `"${text}" is no SIP address. It looks like sip:kate@example.com.`);
  return uri;
}

/** What may be sent to us. */
export const ALLOW = 'Allow: ACK, BYE, CANCEL, INFO, INVITE, MESSAGE, NOTIFY, OPTIONS, REFER';

/** Methods that name us as a remote target (RFC 3261, 8.1.1.8). */
const WITH_CONTACT: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE']);

/** The stack of one account. */
export class SipStack {
  readonly environment: Environment;
  readonly account: GatewayAccount;
  readonly aor: URI;
  readonly core: UserAgentCore;
  readonly socket: SipSocket;
  readonly requests: Requests;
  readonly authenticator: Authenticator;
  /** Whether what is received now came to another page of this device. */
  isTakingOver = false;
  readonly #options: StackOptions;
  readonly #contactUri: URI;
  readonly #viaHost: string;
  #gruu: URI | undefined;
  readonly #timers: OwnTimers;
  #disposed = false;

  constructor(options: StackOptions) {
    useUniqueBranches();
    const { account, authenticator } = options;
    const { environment } = (this.#timers = ownTimers(options.environment));
    this.#options = options;
    this.environment = environment;
    this.account = account;
    this.authenticator = authenticator;
    this.aor = uriOf(account.address);
    // A browser does not know its own address: a name that cannot exist (RFC 7118, 5).
    const token = environment.randomId().replaceAll('-', '');
    this.#viaHost = `${token.slice(0, 12)}.invalid`;
    this.#contactUri = uriOf(`sip:${token.slice(12, 20)}@${this.#viaHost};transport=ws`);
    this.socket = new SipSocket(environment, {
      onFrame: (frame) => this.receiveFrame(frame),
      onFault: (fault) => options.onFault(fault),
      onClose: (close) => {
        this.requests.fail();
        options.onClose(close);
      },
    });
    this.core = new UserAgentCore(this.#configuration(), options.delegate);
    this.requests = new Requests({ environment, socket: this.socket, authenticator, core: () => this.core });
  }

  /** Our public GRUU, learnt at REGISTER. */
  get gruu(): string | undefined {
    return this.#gruu?.toString();
  }

  set gruu(value: string | undefined) {
    this.#gruu = value ? readUri(value) : undefined;
  }

  /** Contact of everything but REGISTER: our GRUU, which outlives the socket. */
  get contact(): string {
    return `<${(this.#gruu ?? this.#contactUri).toString()}>`;
  }

  /** Contact of REGISTER: the address of this socket. */
  get registerContact(): string {
    return `<${this.#contactUri.toString()}>`;
  }

  /** An id that nobody can guess, for Call-IDs and tags: whoever knows those of a dialog can speak in it. */
  freshId(): string {
    return this.environment.randomId().replaceAll('-', '');
  }

  /** A request of ours outside any dialog of sip.js's. @throws ServiceError `configuration` */
  message(method: string, target: string | URI, options: MessageOptions = {}): OutgoingRequestMessage {
    const { to, headers, body, cseq = 1, callId = this.freshId(), fromTag = this.freshId().slice(0, 16), toTag, routeSet } = options;
    const targetUri = typeof target === 'string' ? uriOf(target) : target;
    const own = WITH_CONTACT.has(method) ? [`Contact: ${this.contact}`, ALLOW] : [];
    return this.core.makeOutgoingRequestMessage(
      method,
      targetUri,
      this.aor,
      to ? uriOf(to) : targetUri,
      { callId, fromTag, cseq, ...(toTag ? { toTag } : {}), ...(routeSet ? { routeSet: [...routeSet] } : {}) },
      [...own, ...headersWith(method, headers, body)],
      body ? toBody(method, body) : undefined,
    );
  }

  /** Answers a request that has no transaction. */
  reply(message: IncomingRequestMessage, options: ResponseOptions): void {
    if (message.method !== 'ACK') this.core.replyStateless(message, options);
  }

  /** Gives a request to sip.js as if it came just now: for requests that were kept back. */
  receive(message: IncomingRequestMessage): void {
    if (!this.#disposed) this.#guarded(message, () => this.core.receiveIncomingRequestFromTransport(message));
  }

  /** Takes a request that came to another page of this device: it is for us as it was for that page's contact. */
  receiveForeign(frame: string): void {
    this.isTakingOver = true;
    this.receiveFrame(frame.replace(/^(\S+) \S+ /, (_line, method: string) => `${method} ${this.#contactUri.toString()} `));
    this.isTakingOver = false;
  }

  /** Takes a frame of the socket's, or one that came to another page of this device. */
  receiveFrame(frame: string): void {
    if (this.#disposed) return;
    const verdict = screen(frame, { supported: SUPPORTED_OPTIONS });
    if (verdict.verdict === 'drop') return verdict.reason === 'keep-alive' ? undefined : this.#options.onFault(verdict.reason);
    if (verdict.verdict === 'respond') {
      this.#options.onFault(verdict.reasonPhrase);
      return void this.socket.send(verdict.answer).catch(() => undefined);
    }
    const message = toSipMessage(verdict);
    if (!message) return this.#options.onFault('unreadable');
    if (message.method === 'INVITE') message.data = frame;
    if (!(message instanceof IncomingRequestMessage))
      return this.#guarded(undefined, () => this.core.receiveIncomingResponseFromTransport(message));
    this.#guarded(message, () => {
      if (message.toTag === '' || this.#options.admit(message)) this.core.receiveIncomingRequestFromTransport(message);
    });
  }

  /** Ends all transactions and the socket; sends nothing more. */
  dispose(): void {
    this.#disposed = true;
    this.requests.close();
    this.socket.close();
    for (const dialog of [...this.core.dialogs.values()]) this.#quietly(() => dialog.dispose());
    this.core.dialogs.clear();
    this.#quietly(() => this.core.dispose());
    this.#timers.close();
  }

  /** sip.js throws on dialogs that an odd message left half built. */
  #quietly(action: () => void): void {
    try {
      action();
    } catch {
      this.#options.onFault('half-built dialog');
    }
  }

  #configuration(): UserAgentCore['configuration'] {
    const gruu = (): URI | undefined => this.#gruu;
    return {
      aor: this.aor,
      contact: {
        get pubGruu() {
          return gruu();
        },
        tempGruu: undefined,
        uri: this.#contactUri,
        toString: () => this.contact,
      },
      displayName: this.account.displayName,
      loggerFactory: silentLoggers(),
      hackViaTcp: false,
      routeSet: [],
      sipjsId: '',
      supportedOptionTags: ['outbound', 'replaces', 'eventlist'],
      supportedOptionTagsResponse: ['outbound', 'replaces', 'gruu', 'eventlist'],
      userAgentHeaderFieldValue: 'Deskside',
      viaForceRport: false,
      viaHost: this.#viaHost,
      // Challenges are answered by `Requests`, never by sip.js.
      authenticationFactory: () => undefined,
      transportAccessor: () => this.socket,
    };
  }

  /** Nothing that a message makes of sip.js, or of us, may throw out of the socket; the sender is told where nobody has answered. */
  #guarded(request: IncomingRequestMessage | undefined, action: () => void): void {
    try {
      action();
    } catch {
      this.#options.onFault('failed on a message');
      if (request && !this.core.userAgentServers.has(request.viaBranch)) this.reply(request, { statusCode: 500 });
    }
  }
}
