/** sip.js's core, bound to a socket and screened: transactions and dialogs, nothing of its API layer. */
import {
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
  UserAgentCore,
  type OutgoingRequestMessage,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import { Grammar } from 'sip.js/lib/grammar/grammar.js';
import type { URI } from 'sip.js/lib/grammar/uri.js';
import type { Environment } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import { screen } from '../codecs/screen.js';
import type { GatewayAccount, SipBody, SipResponse } from '../gateway.js';
import { NO_RESPONSE, toBody } from './convert.js';
import type { DigestCredentials } from './digest-credentials.js';
import { rememberParsedHeaders } from './grammar-memo.js';
import { SipSocket } from './socket.js';

/** Options of an out-of-dialog request. */
export interface RequestOptions {
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly body?: SipBody;
  /** Call-ID and CSeq, where a series of requests shares them (REGISTER). */
  readonly callId?: string;
  readonly cseq?: number;
}

/** A URI that sip.js can use. @throws ServiceError `configuration` */
export function uriOf(text: string): URI {
  const uri = Grammar.URIParse(text);
  if (!uri) throw new ServiceError('configuration', `"${text}" is no SIP address. It looks like sip:kate@example.com.`);
  return uri;
}

function silentLoggers(): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  return factory;
}

/** The stack of one account. */
export class SipStack {
  readonly environment: Environment;
  readonly account: GatewayAccount;
  readonly aor: URI;
  readonly core: UserAgentCore;
  readonly socket: SipSocket;
  readonly credentials: DigestCredentials;
  readonly #loggers = silentLoggers();
  readonly #waiting = new Set<(response: SipResponse) => void>();
  readonly #contactUri: URI;
  readonly #viaHost: string;
  #gruu: URI | undefined;
  #disposed = false;

  constructor(
    environment: Environment,
    account: GatewayAccount,
    credentials: DigestCredentials,
    delegate: UserAgentCoreDelegate,
    onClose: (close: { code: number; reason: string }) => void,
  ) {
    rememberParsedHeaders();
    this.environment = environment;
    this.account = account;
    this.credentials = credentials;
    this.aor = uriOf(account.address);
    // A browser does not know its own address: a name that cannot exist (RFC 7118, 5).
    const token = environment.randomId().replaceAll('-', '');
    this.#viaHost = `${token.slice(0, 12)}.invalid`;
    this.#contactUri = uriOf(`sip:${token.slice(12, 20)}@${this.#viaHost};transport=ws`);
    this.socket = new SipSocket(environment, {
      onFrame: (frame) => this.#receive(frame),
      onClose: (close) => {
        this.failWaiting();
        onClose(close);
      },
    });
    this.core = new UserAgentCore(this.#configuration(), delegate);
  }

  /** Our public GRUU, learnt at REGISTER. */
  get gruu(): string | undefined {
    return this.#gruu?.toString();
  }

  set gruu(value: string | undefined) {
    this.#gruu = value ? Grammar.URIParse(value) : undefined;
  }

  /** The Contact of REGISTER: the address of this socket, whatever GRUU is known. */
  get registerContact(): string {
    return `<${this.#contactUri.toString()}>`;
  }

  /** A request of ours outside any dialog. @throws ServiceError `configuration` */
  message(method: string, target: string, options: RequestOptions = {}): OutgoingRequestMessage {
    const { to, headers = [], body, callId, cseq } = options;
    const targetUri = uriOf(target);
    const extra = [...headers];
    if (method === 'INVITE' || method === 'SUBSCRIBE') extra.unshift(`Contact: ${this.#contact()}`, 'Allow: ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER');
    if (method === 'INVITE' && body) extra.push('Content-Disposition: session');
    return this.core.makeOutgoingRequestMessage(
      method,
      targetUri,
      this.aor,
      to ? uriOf(to) : targetUri.clone(),
      { ...(callId ? { callId } : {}), ...(cseq ? { cseq } : {}) },
      extra,
      body ? toBody(method, body) : undefined,
    );
  }

  /**
   * Runs a request to its final response. Settles at once with status 0 when the socket goes: sip.js would wait for its timer.
   * What `send` throws (too long, malformed) rejects.
   */
  async final(send: (settle: (response: SipResponse) => void) => void): Promise<SipResponse> {
    if (!this.socket.open || this.#disposed) return NO_RESPONSE;
    return new Promise((resolve, reject) => {
      const settle = (response: SipResponse): void => {
        this.#waiting.delete(settle);
        resolve(response);
      };
      this.#waiting.add(settle);
      try {
        send(settle);
      } catch (error) {
        this.#waiting.delete(settle);
        reject(error as Error);
      }
    });
  }

  /** Ends every wait with "no response". */
  failWaiting(): void {
    for (const settle of [...this.#waiting]) settle(NO_RESPONSE);
  }

  /** Ends everything; sip.js may throw on half-built dialogs. */
  dispose(): void {
    this.#disposed = true;
    this.failWaiting();
    try {
      this.core.dispose();
    } catch {
      // A dialog that an odd message left half built; it is forgotten with the core.
    }
    this.socket.close();
  }

  #contact(): string {
    return this.#gruu ? `<${this.#gruu.toString()}>` : `<${this.#contactUri.toString()}>`;
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
        toString: () => this.#contact(),
      },
      displayName: this.account.displayName,
      loggerFactory: this.#loggers,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: this.environment.randomId().slice(0, 5),
      supportedOptionTags: ['outbound', 'replaces', 'gruu'],
      supportedOptionTagsResponse: ['outbound', 'replaces', 'gruu'],
      userAgentHeaderFieldValue: 'Deskside',
      viaForceRport: false,
      viaHost: this.#viaHost,
      authenticationFactory: () => this.credentials.factory(),
      transportAccessor: () => this.socket,
    };
  }

  #receive(frame: string): void {
    if (this.#disposed) return;
    const verdict = screen(frame, { algorithms: this.credentials.algorithms });
    if (verdict.verdict === 'respond') void this.socket.send(verdict.answer).catch(() => undefined);
    if (verdict.verdict !== 'pass') return;
    try {
      this.#dispatch(verdict.text);
    } catch {
      // sip.js throws on some malformed messages that pass the screen: such a message counts as dropped, and the socket lives on.
    }
  }

  #dispatch(text: string): void {
    const message = Parser.parseMessage(text, this.#loggers.getLogger('deskside'));
    if (message instanceof IncomingRequestMessage) this.core.receiveIncomingRequestFromTransport(message);
    // A response that is not to one of our requests has another Via (RFC 3261, 18.1.2).
    else if (message instanceof IncomingResponseMessage && message.via.host === this.#viaHost) this.core.receiveIncomingResponseFromTransport(message);
  }
}
