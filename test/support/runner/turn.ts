/**
 * A real TURN server (RFC 8656) on loopback: Debian's coturn, for the suites that send sound through a relay. It serves as long as the browsers run.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestRunnerConfig } from '@web/test-runner';
import { freePort } from '../../../demo/tools/free-port.mjs';
import { findProgram } from '../browsers.mjs';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** Milliseconds in which it must be there: it makes keys of its own at the start. */
const LIMIT = 20_000;

const HOST = '127.0.0.1';
const USER = 'kate';
const CREDENTIAL = 'kate-relay';

/** A relay as browsers are told of it. */
export interface RunningTurn {
  readonly server: { readonly urls: string; readonly username: string; readonly credential: string };
  stop(): Promise<void>;
}

/** Its whole configuration: one user, loopback only, nothing kept. */
const optionsOf = (port: number, home: string): string[] => [
  ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-stdout-log', '--allow-loopback-peers', '--lt-cred-mech'],
  ...[`--listening-ip=${HOST}`, `--relay-ip=${HOST}`, `--listening-port=${port}`],
  ...['--realm=deskside.test', `--user=${USER}:${CREDENTIAL}`],
  ...[`--userdb=${join(home, 'users')}`, `--pidfile=${join(home, 'pid')}`, `--log-file=${join(home, 'log')}`],
];

/** Whether somebody listens there. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

async function isUp(port: number, child: ChildProcess): Promise<boolean> {
  for (const end = Date.now() + LIMIT; Date.now() < end && child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (await answers(port)) return true;
  return false;
}

/** Starts one; undefined where none is installed. @throws Error where it does not start */
export async function startTurn(): Promise<RunningTurn | undefined> {
  const program = findProgram('turnserver');
  if (!program) return undefined;
  const home = await mkdtemp(join(tmpdir(), 'deskside-turn-'));
  const port = await freePort();
  const child = spawn(program, optionsOf(port, home), { cwd: home, stdio: 'ignore' });
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await over;
    await rm(home, { recursive: true, force: true });
  };
  if (!(await isUp(port, child))) {
    await stop();
    throw new Error('The TURN server did not start.');
  }
  return { server: { urls: `turn:${HOST}:${port}?transport=udp`, username: USER, credential: CREDENTIAL }, stop };
}

/** Tells the browser suites of it: `GET /turn.json` gives what goes into `iceServers`. */
export function turnMiddleware(running: RunningTurn | undefined): Middleware {
  return async (context, next) => {
    if (running && context.path === '/turn.json') context.body = running.server;
    else await next();
  };
}
