/** What goes over an agent's sockets, for specs about how little it is, or about what has come so far. */
import type { OpenSocket } from './network.js';
import type { TestSwitch } from './switches.js';

/** How long frames may take before the spec fails, ms. */
const LIMIT = 12_000;

/** The frames of one agent. */
export interface WireTap {
  /** The same switch, listened to. */
  readonly on: TestSwitch;
  readonly sent: readonly string[];
  readonly received: readonly string[];
  /** Frames sent that begin so. */
  sends(start: string): readonly string[];
  /** Frames received that begin so. */
  gets(start: string): readonly string[];
  /** Waits until so many frames were received that begin so. */
  hasGot(count: number, start: string): Promise<void>;
}

/** Listens to all that an agent on this switch sends and receives. */
export function wireTap(on: TestSwitch): WireTap {
  const sent: string[] = [];
  const received: string[] = [];
  const arrived = new EventTarget();
  const open: OpenSocket = (url, protocols) => {
    const socket = on.open(url, protocols);
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      if (typeof data === 'string') sent.push(data);
      send(data);
    };
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      if (typeof data !== 'string') return;
      received.push(data);
      arrived.dispatchEvent(new Event('frame'));
    });
    return socket;
  };
  const gets = (start: string): readonly string[] => received.filter((frame) => frame.startsWith(start));
  const hasGot = (count: number, start: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = new AbortController();
      const look = (): void => {
        if (gets(start).length < count) return;
        done.abort();
        resolve();
      };
      const timer = setTimeout(() => {
        done.abort();
        reject(new Error(`Only ${gets(start).length} frames of ${count} began with "${start}".`));
      }, LIMIT);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
      arrived.addEventListener('frame', look, done);
      look();
    });
  return { on: { ...on, open }, sent, received, sends: (start) => sent.filter((frame) => frame.startsWith(start)), gets, hasGot };
}
