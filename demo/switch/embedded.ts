/** The embedded switch over real WebSockets (RFC 7118), in Node. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { createSwitch, type Account, type Switch, type SwitchOptions } from './core/switch.js';

/** Where and with what the embedded switch runs. */
export interface EmbeddedOptions {
  readonly accounts: readonly Account[];
  readonly domain: string;
  readonly host: string;
  /** 0 takes a free one. Ignored with `httpServer`. */
  readonly port: number;
  /** A listening server of the caller's, on whose `/sip` the switch answers; it is never closed here. */
  readonly httpServer?: Server | undefined;
  readonly options?: Partial<SwitchOptions> | undefined;
}

/** A running embedded switch. */
export interface EmbeddedSwitch {
  readonly url: string;
  /** See `Switch.publish`. */
  publish(user: string, document: string): void;
  stop(): Promise<void>;
  /** Every connection and every state is lost, the address stays. */
  restart(): Promise<void>;
}

/** Frames near 64 KiB make Kamailio close the sender's socket; so do we. */
const MAX_FRAME_BYTES = 65_200;
const PATH = '/sip';

/** Starts the switch and waits until it listens. Rejects when the port is taken. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedSwitch> {
  const core = createSwitch({
    domain: options.domain,
    accounts: options.accounts,
    now: () => Date.now(),
    randomId: () => crypto.randomUUID().replaceAll('-', ''),
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    ...(options.options === undefined ? {} : { options: options.options }),
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  const server = options.httpServer ?? createServer((_request, response) => response.writeHead(426).end());
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (options.httpServer !== undefined && pathOf(request) !== PATH) return;
    if (!offersSip(request)) return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (webSocket) => attach(core, webSocket));
  };
  server.on('upgrade', upgrade);
  if (options.httpServer === undefined) await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://${options.host}:${port}${options.httpServer === undefined ? '' : PATH}`,
    publish: (user, document) => core.publish(user, document),
    async stop() {
      server.off('upgrade', upgrade);
      core.stop();
      for (const client of sockets.clients) client.terminate();
      if (options.httpServer === undefined) await close(server);
    },
    async restart() {
      core.stop(1012, 'Switch restarts');
      for (const client of sockets.clients) client.terminate();
      await Promise.resolve();
    },
  };
}

function attach(core: Switch, webSocket: WebSocket): void {
  const connection = core.connect({
    send: (frame) => webSocket.send(frame),
    close: (code, reason) => webSocket.close(code, reason),
  });
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) webSocket.close(1003, 'Text frames only');
    else connection.receive((data as Buffer).toString('utf8'));
  });
  webSocket.on('close', () => connection.closed());
  webSocket.on('error', () => webSocket.terminate());
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

/** RFC 7118 section 4.1: the subprotocol `sip` is required. */
function offersSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === 'sip');
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
