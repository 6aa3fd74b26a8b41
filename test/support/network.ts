/** The environment of one agent under test: the browser's own, but with a network that can be cut, and with a tab's storage of its own. */
import { browserEnvironment, type Environment, type KeyValueStorage } from '../../src/services/index.js';

/** Opens a socket. */
export type OpenSocket = (url: string, protocols: string[]) => WebSocket;

/** An agent's network. */
export interface TestNetwork {
  readonly environment: Environment;
  /** Closes every open socket. */
  cut(): void;
  /** Cuts, and lets nothing through until `up`. */
  down(): void;
  up(): void;
  /** Sockets that were opened so far. */
  readonly opened: number;
}

/** Storage that lives as long as the test. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** A port on which nobody listens. */
const NOWHERE = 'ws://127.0.0.1:9';

/** Makes a network; `tabStorage` is shared by the pages of one tab that is loaded again. */
export function testNetwork(
  open: OpenSocket = (url, protocols) => new WebSocket(url, protocols),
  tabStorage = memoryStorage(),
): TestNetwork {
  const sockets = new Set<WebSocket>();
  let isDown = false;
  let opened = 0;
  const cut = (): void => {
    for (const socket of sockets) socket.close();
    sockets.clear();
  };
  const openSocket: OpenSocket = (url, protocols) => {
    if (isDown) return new WebSocket(NOWHERE, protocols);
    const socket = open(url, protocols);
    opened += 1;
    sockets.add(socket);
    socket.addEventListener('close', () => sockets.delete(socket));
    return socket;
  };
  return {
    environment: { ...browserEnvironment(), openSocket, tabStorage, settings: memoryStorage() },
    cut,
    down() {
      isDown = true;
      cut();
    },
    up() {
      isDown = false;
    },
    get opened() {
      return opened;
    },
  };
}
