/** The WebSocket under SIP (RFC 7118). Nothing that arrives can throw out of here. */
import type { Environment } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import { SIP_MESSAGE_LIMIT, utf8Length } from '../codecs/text.js';

/** Milliseconds that opening a socket may take. */
const OPEN_LIMIT = 8000;

/** Close code where the socket never opened, or was closed by us (RFC 6455, 7.1.5). */
const ABNORMAL = 1006;

/** What the socket tells. */
export interface SocketEvents {
  /** One whole message, as text. */
  onFrame(frame: string): void;
  /** It was open and is not any more. */
  onClose(close: { code: number; reason: string }): void;
}

/** The transport that sip.js's transactions send on. */
export class SipSocket {
  /** Transport of our Via (RFC 7118, 5.2). */
  protocol = 'WS';
  readonly #environment: Environment;
  readonly #events: SocketEvents;
  #socket: WebSocket | undefined;

  constructor(environment: Environment, events: SocketEvents) {
    this.#environment = environment;
    this.#events = events;
  }

  /** Whether messages can be sent. */
  get open(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** @throws ServiceError `configuration` (malformed URL), `unreachable` */
  async connect(url: string): Promise<void> {
    this.close();
    const socket = this.#create(url);
    this.protocol = url.toLowerCase().startsWith('wss') ? 'WSS' : 'WS';
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    await this.#opened(socket, url);
    socket.addEventListener('message', (event: MessageEvent) => {
      if (socket === this.#socket && typeof event.data === 'string') this.#events.onFrame(event.data);
    });
    socket.addEventListener('close', (event: CloseEvent) => this.#lost(socket, event.code, event.reason));
  }

  /** Sends one SIP message; rejects where there is no socket or the message is over 48 KiB (docs/wire.md, "Limits"). */
  send(message: string): Promise<void> {
    if (message.length * 3 > SIP_MESSAGE_LIMIT && utf8Length(message) > SIP_MESSAGE_LIMIT) {
      return Promise.reject(new ServiceError('too-long', 'The message is over 48 KiB with its headers. Shorten it.'));
    }
    if (!this.open) return Promise.reject(new ServiceError('unreachable', 'There is no connection to the switch.'));
    this.#socket?.send(message);
    return Promise.resolve();
  }

  /** Closes without telling `onClose`. */
  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket && socket.readyState < 2) socket.close(1000);
  }

  #create(url: string): WebSocket {
    try {
      return this.#environment.openSocket(url, ['sip']);
    } catch (error) {
      throw new ServiceError('configuration', `"${url}" is no WebSocket address. It begins with wss:// (or ws:// on this machine).`, { cause: error });
    }
  }

  #opened(socket: WebSocket, url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        this.#environment.clearTimeout(timer);
        if (socket === this.#socket) this.close();
        reject(new ServiceError('unreachable', `The switch at ${url} does not answer. Check the address and the network.`));
      };
      const timer = this.#environment.setTimeout(fail, OPEN_LIMIT);
      socket.addEventListener('open', () => {
        this.#environment.clearTimeout(timer);
        if (socket === this.#socket) resolve();
        else fail();
      });
      socket.addEventListener('close', fail);
      socket.addEventListener('error', fail);
    });
  }

  #lost(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#events.onClose({ code: code || ABNORMAL, reason });
  }
}
