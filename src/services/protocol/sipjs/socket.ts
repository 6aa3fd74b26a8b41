/** The WebSocket under SIP (RFC 7118). Nothing that arrives, and nothing that is sent, can throw out of here. */
import type { Environment } from '../../environment.js';
import { ServiceError } from '../../service-error.js';
import { INCOMING_LIMIT, SIP_MESSAGE_LIMIT, utf8Length } from '../codecs/text.js';

/** Milliseconds that opening a socket may take. */
const OPEN_LIMIT = 8000;

/** Close code where there was no close frame (RFC 6455, 7.1.5). */
const ABNORMAL = 1006;

/** UTF-16 units above which a frame is not even looked at: far more than any switch sends. */
const FRAME_LIMIT = INCOMING_LIMIT * 16;

/**
 * Switches send what is no UTF-8 as binary frames, and a client must take both kinds (RFC 7118, 4.2). What is no text becomes U+FFFD: the
 * screen answers such a body with 415, where dropping the frame would leave its sender waiting.
 */
const UTF8 = new TextDecoder();

/** What the socket tells. */
export interface SocketEvents {
  /** One whole message, as text. */
  onFrame(frame: string): void;
  /** It was open and is not any more. */
  onClose(close: { code: number; reason: string }): void;
  /** A frame was dropped unread. */
  onFault(fault: string): void;
}

/** The refusal of a message that is too long (docs/wire.md, "Limits"). */
export function tooLong(): ServiceError {
  return new ServiceError('too-long', 'The message is over 48 KiB with its headers. Shorten it.');
}

/** Whether a SIP message is over what switches carry: Kamailio closes the socket of whoever sends 65 kB. */
export function isTooLong(message: string): boolean {
  return message.length * 3 > SIP_MESSAGE_LIMIT && utf8Length(message) > SIP_MESSAGE_LIMIT;
}

/** The transport that sip.js's transactions send on. It outlives its sockets: dialogs go on over the next one. */
export class SipSocket {
  /** Transport of our Via (RFC 7118, 5.2). */
  protocol = 'WS';
  readonly #environment: Environment;
  readonly #events: SocketEvents;
  #socket: WebSocket | undefined;
  #heardAt = 0;
  #giveUp: (() => void) | undefined;

  constructor(environment: Environment, events: SocketEvents) {
    this.#environment = environment;
    this.#events = events;
  }

  /** Whether messages can be sent. */
  get open(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** When something last came, wall-clock ms. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Opens a socket in place of the one that there is. @throws ServiceError `configuration` (malformed URL), `unreachable` */
  async connect(url: string): Promise<void> {
    this.close();
    const socket = this.#create(url);
    this.protocol = /^wss:/i.test(url) ? 'WSS' : 'WS';
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', (event: MessageEvent) => this.#receive(socket, event.data));
    await this.#opened(socket, url);
    socket.addEventListener('close', (event: CloseEvent) => this.#lost(socket, event));
  }

  /** Sends one SIP message; rejects where there is no socket or the message is too long. */
  send(message: string): Promise<void> {
    if (isTooLong(message)) return Promise.reject(tooLong());
    if (!this.open) return Promise.reject(new ServiceError('unreachable', 'There is no connection to the switch.'));
    this.#socket?.send(message);
    return Promise.resolve();
  }

  /** Closes without telling `onClose`; a `connect` that is under way rejects. */
  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#giveUp?.();
    if (socket && socket.readyState < 2) socket.close(1000);
  }

  #create(url: string): WebSocket {
    try {
      return this.#environment.openSocket(url, ['sip']);
    } catch (error) {
      throw new ServiceError('configuration', `"${url}" is no WebSocket address. It begins with wss:// (or ws:// on this machine).`, {
        cause: error,
      });
    }
  }

  #opened(socket: WebSocket, url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        this.#environment.clearTimeout(timer);
        this.#giveUp = undefined;
        for (const type of ['close', 'error']) socket.removeEventListener(type, fail);
        done();
      };
      const fail = (): void =>
        settle(() => {
          if (socket === this.#socket) this.close();
          reject(new ServiceError('unreachable', `The switch at ${url} does not answer. Check the address and the network.`));
        });
      const timer = this.#environment.setTimeout(fail, OPEN_LIMIT);
      this.#giveUp = fail;
      socket.addEventListener('open', () => socket === this.#socket && settle(resolve));
      for (const type of ['close', 'error']) socket.addEventListener(type, fail);
    });
  }

  #receive(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    this.#heardAt = this.#environment.now();
    const length = typeof data === 'string' ? data.length : data instanceof ArrayBuffer ? data.byteLength : 0;
    if (length > FRAME_LIMIT) return this.#events.onFault('far too large');
    const frame = data instanceof ArrayBuffer ? UTF8.decode(data) : data;
    if (typeof frame !== 'string') return;
    if (frame.startsWith('MESSAGE ')) this.#environment.frameSoon?.();
    this.#events.onFrame(frame);
  }

  #lost(socket: WebSocket, { code, reason }: CloseEvent): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#events.onClose({ code: code || ABNORMAL, reason });
  }
}
