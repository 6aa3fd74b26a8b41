/** Runs Kamailio as a child process, in a directory of its own that goes with it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Account } from '../core/accounts.js';
import type { SwitchOptions } from '../core/switch.js';
import { writeFiles } from './files.js';

/** Where and with what Kamailio runs. */
export interface KamailioOptions {
  readonly accounts: readonly Account[];
  readonly domain: string;
  readonly host: string;
  /** WebSocket port; 0 takes a free one. */
  readonly port: number;
  /** UDP and TCP port; 0 takes a free one. */
  readonly sipPort: number;
  readonly options?: Partial<SwitchOptions> | undefined;
}

/** A running Kamailio. */
export interface RunningKamailio {
  readonly url: string;
  readonly sipPort: number;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Shared memory in MB. It is taken from the system only as it fills; 64 MB ran out at 700 messages a second. */
const SHARED_MEMORY = 512;
const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 5_000;

/** Whether Kamailio is installed here. */
export function isKamailioInstalled(): boolean {
  return spawnSync('kamailio', ['-v'], { stdio: 'ignore' }).error === undefined;
}

/** Starts Kamailio and waits until its WebSocket answers. Rejects, with the end of its log, when it does not. */
export async function startKamailio(options: KamailioOptions): Promise<RunningKamailio> {
  if (!isKamailioInstalled()) {
    throw new Error(
      'Kamailio is not installed. On Debian: apt-get install kamailio kamailio-websocket-modules kamailio-presence-modules. Or use the embedded switch.',
    );
  }
  const wsPort = options.port === 0 ? await freePort(options.host) : options.port;
  const sipPort = options.sipPort === 0 ? await freePort(options.host) : options.sipPort;
  const start = (): Promise<KamailioProcess> => KamailioProcess.start(options, wsPort, sipPort);
  let running = await start();
  return {
    url: `ws://${options.host}:${wsPort}`,
    sipPort,
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      running = await start();
    },
  };
}

/** One life of the process group, and its directory. */
class KamailioProcess {
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #guard: ChildProcess;
  /** Should this program end without stopping it, it is killed on the way out. */
  readonly #onExit = (): void => {
    this.#signal('SIGKILL');
    rmSync(this.#directory, { recursive: true, force: true });
  };

  private constructor(child: ChildProcess, directory: string) {
    this.#child = child;
    this.#directory = directory;
    this.#guard = guard(child.pid ?? 0, directory);
    process.once('exit', this.#onExit);
  }

  static async start(options: KamailioOptions, wsPort: number, sipPort: number): Promise<KamailioProcess> {
    const { accounts, domain, host } = options;
    const directory = await mkdtemp(join(tmpdir(), 'deskside-kamailio-'));
    const algorithm = options.options?.algorithms?.[0] ?? 'MD5';
    const configuration = await writeFiles(directory, { accounts, domain, host, wsPort, sipPort, algorithm });
    const log = join(directory, 'log');
    const output = openSync(log, 'a');
    const child = spawn(
      'kamailio',
      [
        '-f',
        configuration,
        '-DD',
        '-E',
        '-P',
        join(directory, 'pid'),
        '-Y',
        directory,
        '-w',
        directory,
        '-m',
        String(SHARED_MEMORY),
        '-M',
        '16',
      ],
      { cwd: directory, detached: true, stdio: ['ignore', output, output] },
    );
    const running = new KamailioProcess(child, directory);
    try {
      await running.#answers(`ws://${host}:${wsPort}`);
      return running;
    } catch (error) {
      const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
      await running.stop();
      throw new Error(`Kamailio did not start (${error instanceof Error ? error.message : String(error)}). The end of its log:\n${end}`, {
        cause: error,
      });
    }
  }

  /** Ends all its processes and removes the directory. */
  async stop(): Promise<void> {
    process.off('exit', this.#onExit);
    if (!this.#isOver) {
      const over = once(this.#child, 'exit');
      this.#signal('SIGTERM');
      const timer = setTimeout(() => this.#signal('SIGKILL'), STOP_LIMIT_MS);
      await over;
      clearTimeout(timer);
    }
    this.#signal('SIGKILL');
    this.#guard.kill('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }

  get #isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** To the whole process group. */
  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  async #answers(url: string): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await opens(url))) {
      if (this.#isOver) throw new Error(`it ended with code ${this.#child.exitCode}`);
      if (Date.now() > limit) throw new Error(`${url} does not answer`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/**
 * A shell that waits for its input to end, which happens when this program ends in whatever way, then kills the process group
 * and removes the directory: after SIGKILL nobody else could.
 */
function guard(group: number, directory: string): ChildProcess {
  const script = 'cat > /dev/null; [ "$1" -gt 0 ] && kill -9 "-$1"; rm -rf -- "$2"';
  const shell = spawn('sh', ['-c', script, 'sh', String(group), directory], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell;
}

function opens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = new WebSocket(url, 'sip', { handshakeTimeout: 1000 });
    probe.once('open', () => {
      probe.terminate();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
