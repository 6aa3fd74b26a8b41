/**
 * The demo server of `npm start`: the built pages, and a SIP switch for them. For demonstration, on loopback only.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { startSwitch } from './switch/start.js';
import { freePort } from './tools/free-port.mjs';

type SwitchKind = Parameters<typeof startSwitch>[0]['kind'];
type RunningSwitch = Awaited<ReturnType<typeof startSwitch>>;

const HOST = '127.0.0.1';
const DEFAULT_PORT = 8080;
const PORTS_TRIED = 50;
const PAGES = fileURLToPath(new URL('../dist/demo', import.meta.url));
const KINDS: readonly SwitchKind[] = ['embedded', 'kamailio'];

const HELP = `npm start -- [options]
  --port N                    port of the pages (default ${DEFAULT_PORT}, or the next free one)
  --switch embedded|kamailio  the SIP switch behind them (default embedded)`;

interface Options {
  /** The port that was asked for; absent: the default, or the next free one. */
  port?: number;
  kind: SwitchKind;
}

/** A demo server that runs. */
export interface RunningDemo {
  /** Address of the index page. */
  url: string;
  /** Stops the pages and the switch; resolves once nothing of them is left. */
  stop(): Promise<void>;
}

/**
 * Reads the command line.
 * @throws Error that names the option that is wrong
 */
function readOptions(args: string[]): Options {
  const { values } = parseArgs({ args, options: { port: { type: 'string' }, switch: { type: 'string', default: 'embedded' } } });
  const kind = KINDS.find((known) => known === values.switch);
  if (!kind) throw new Error(`--switch must be one of ${KINDS.join(', ')}; it is "${values.switch}".`);
  if (values.port === undefined) return { kind };
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port must be a number from 0 to 65535; it is "${values.port}".`);
  return { kind, port };
}

/** Listens, and resolves to false where the port is taken. Any other error rejects. */
async function listens(server: Server, port: number): Promise<boolean> {
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Listens on the port that was asked for, or on the first free one from the default on. Returns the port. */
async function listen(server: Server, asked: number | undefined): Promise<number> {
  const first = asked ?? DEFAULT_PORT;
  const last = asked === undefined ? first + PORTS_TRIED : first;
  for (let port = first; port <= last; port += 1) {
    if (!(await listens(server, port))) continue;
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }
  throw new Error(`Port ${first} is taken. Choose another one with --port N.`);
}

/** The embedded switch shares the pages' port, so a page reached by another name (a forwarded port) reaches the switch by that name too. */
function switchUrl(running: RunningSwitch, request: IncomingMessage): string {
  if (running.kind !== 'embedded' || !request.headers.host) return running.url;
  const url = new URL(running.url);
  url.host = request.headers.host;
  if (request.headers['x-forwarded-proto'] === 'https') url.protocol = 'wss:';
  return url.href;
}

/**
 * Starts the pages and the switch.
 * @throws Error that says what to do, where the port is taken or the switch cannot start
 */
export async function startDemo({ kind, port: asked }: Options): Promise<RunningDemo> {
  const pages = sirv(PAGES, { dev: true });
  let running: RunningSwitch | undefined;
  const server = createServer((request, response) => {
    if (running && request.url?.split('?')[0] === '/switch.json') {
      response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
      response.end(JSON.stringify({ url: switchUrl(running, request), kind: running.kind }));
      return;
    }
    pages(request, response, () => {
      response.writeHead(404).end('Not found');
    });
  });
  const port = await listen(server, asked);
  try {
    running = await startSwitch(kind === 'embedded' ? { kind, port, httpServer: server } : { kind, port: await freePort() });
  } catch (error) {
    server.close();
    throw error;
  }
  const stop = async (): Promise<void> => {
    await running.stop();
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${HOST}:${port}/`, stop };
}

/** Runs until Ctrl-C, SIGTERM or a closed terminal; a second signal ends at once. */
export async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const demo = await startDemo(readOptions(args));
  console.log(`\nDeskside is at ${demo.url}  (Ctrl-C ends it)`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void demo.stop().finally(() => process.exit(0));
    });
  }
}
