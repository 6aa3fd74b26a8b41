/**
 * A WebSocket without a network: its other end is the embedded switch, in the same page. For tests; it behaves like a real
 * one in what matters: everything is asynchronous, and each message is a task of its own.
 */
import type { ConnectionPort, Switch } from './core/switch.js';

/** Which way a frame goes, seen from the client. */
export type FrameDirection = 'sent' | 'received';

/** What a test decides about one frame: pass it, lose it, or keep it back until `release()`. */
export type FrameFate = 'pass' | 'drop' | 'hold';

/** Opens sockets to one switch, and lets a test play the network. */
export interface MemoryNetwork {
  /** Fits `Environment.openSocket`. */
  (url: string, protocols?: string | string[]): WebSocket;
  /** The cable is pulled: every open socket closes with 1006. Returns how many there were. */
  cutAll(): number;
  /** While true, sockets fail to open as with an unreachable server. */
  refuse(isRefusing: boolean): void;
  /** Decides the fate of every frame from now on; without an argument all pass again. */
  filter(decide?: (frame: string, direction: FrameDirection) => FrameFate): void;
  /** Delivers what was held back, in order. */
  release(): void;
  /** Sockets that are open or opening. */
  readonly open: number;
}

interface Network {
  readonly switch: Switch;
  readonly sockets: Set<MemorySocket>;
  isRefusing: boolean;
  decide: (frame: string, direction: FrameDirection) => FrameFate;
  held: (() => void)[];
}

/** Runs callbacks one per task, in order. `MessageChannel` is not slowed down as nested timers are. */
class TaskQueue {
  readonly #waiting: (() => void)[] = [];
  #channel: MessageChannel | undefined;

  add(task: () => void): void {
    this.#waiting.push(task);
    if (this.#waiting.length > 1) return;
    this.#channel = new MessageChannel();
    this.#channel.port1.onmessage = () => this.#next();
    this.#channel.port2.postMessage(undefined);
  }

  #next(): void {
    const task = this.#waiting[0];
    try {
      task?.();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) this.#channel?.port2.postMessage(undefined);
      else this.#channel?.port1.close();
    }
  }
}

/** The part of the WebSocket interface that clients use. */
class MemorySocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  readonly protocol: string;
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  readyState: 0 | 1 | 2 | 3 = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly #network: Network;
  readonly #tasks = new TaskQueue();
  #port: ConnectionPort | undefined;

  constructor(network: Network, url: string, protocols: string | string[] = []) {
    super();
    this.#network = network;
    this.url = new URL(url).href;
    this.protocol = [protocols].flat().includes('sip') ? 'sip' : '';
    network.sockets.add(this);
    this.#tasks.add(() => this.#connect());
  }

  /** As `WebSocket.send`: throws while connecting, does nothing once closed. */
  send(data: string): void {
    if (this.readyState === 0) throw new DOMException('Still in CONNECTING state', 'InvalidStateError');
    if (this.readyState !== 1) return;
    const frame = data.toWellFormed();
    this.#carry(frame, 'sent', () => this.#port?.receive(frame));
  }

  /** As `WebSocket.close`. */
  close(code = 1005, reason = ''): void {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.#tasks.add(() => this.gone(code, reason, true));
  }

  /** The connection ends, from whichever side. */
  gone(code: number, reason: string, wasClean: boolean): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#network.sockets.delete(this);
    this.#port?.closed();
    if (!wasClean) this.#emit(new Event('error'));
    this.#emit(new CloseEvent('close', { code, reason, wasClean }));
  }

  /** Ends it in a task of its own, as an event from outside would. */
  cut(code: number, reason: string, wasClean: boolean): void {
    this.#tasks.add(() => this.gone(code, reason, wasClean));
  }

  #connect(): void {
    if (this.readyState !== 0) return;
    if (this.#network.isRefusing) return this.gone(1006, '', false);
    this.readyState = 1;
    this.#port = this.#network.switch.connect({
      send: (frame) => this.#carry(frame, 'received', () => this.#deliver(frame)),
      close: (code = 1000, reason = '') => this.cut(code, reason, true),
    });
    this.#emit(new Event('open'));
  }

  #carry(frame: string, direction: FrameDirection, arrive: () => void): void {
    const fate = this.#network.decide(frame, direction);
    if (fate === 'pass') this.#tasks.add(arrive);
    else if (fate === 'hold') this.#network.held.push(() => this.#tasks.add(arrive));
  }

  #deliver(frame: string): void {
    if (this.readyState === 1) this.#emit(new MessageEvent('message', { data: frame, origin: new URL(this.url).origin }));
  }

  #emit(event: Event): void {
    this.dispatchEvent(event);
    if (event.type === 'open') this.onopen?.(event);
    else if (event.type === 'error') this.onerror?.(event);
    else if (event instanceof CloseEvent) this.onclose?.(event);
    else if (event instanceof MessageEvent) this.onmessage?.(event);
  }
}

/** A network whose only server is `target`. The URL given when opening a socket is checked for its form and otherwise ignored. */
export function memorySocket(target: Switch): MemoryNetwork {
  const network: Network = { switch: target, sockets: new Set(), isRefusing: false, decide: () => 'pass', held: [] };
  const open = (url: string, protocols?: string | string[]): WebSocket =>
    // The rest of the interface (blob bodies, buffered amounts) is not needed to speak SIP.
    new MemorySocket(network, url, protocols);
  return Object.defineProperty(
    Object.assign(open, {
      cutAll: () => {
        const sockets = [...network.sockets];
        for (const socket of sockets) socket.cut(1006, '', false);
        return sockets.length;
      },
      refuse: (isRefusing: boolean) => {
        network.isRefusing = isRefusing;
      },
      filter: (decide: Network['decide'] = () => 'pass') => {
        network.decide = decide;
      },
      release: () => {
        const held = network.held;
        network.held = [];
        for (const deliver of held) deliver();
      },
      open: 0,
    }),
    'open',
    { get: () => network.sockets.size },
  );
}
