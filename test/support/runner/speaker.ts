/**
 * A speaker that plays into nothing: PulseAudio with a null sink. Without any sound device Firefox runs no AudioContext (it waits for the device), so
 * that tones can neither be made nor told apart, nor conferences mixed; Chromium does not mind.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../browsers.mjs';

/** Milliseconds in which it must be there. */
const LIMIT = 5000;

/** Stops it, and forgets its address. */
export type StopSpeaker = () => Promise<void>;

async function appears(path: string): Promise<boolean> {
  for (const end = Date.now() + LIMIT; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (existsSync(path)) return true;
  return false;
}

/** Starts one for the browsers that are started from now on, where PulseAudio is installed and none is named already. Never fails. */
export async function startSpeaker(): Promise<StopSpeaker> {
  const program = process.env['PULSE_SERVER'] ? undefined : findProgram('pulseaudio');
  if (process.platform !== 'linux' || !program) return () => Promise.resolve();
  const home = await mkdtemp(join(tmpdir(), 'deskside-speaker-'));
  const socket = join(home, 'native');
  const daemon = ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes'];
  const modules = ['-L', 'module-null-sink', '-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`];
  const env = { ...process.env, HOME: home, PULSE_RUNTIME_PATH: home };
  const child = spawn(program, [...daemon, ...modules], { env, stdio: 'ignore' });
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  if (await Promise.race([appears(socket), over])) process.env['PULSE_SERVER'] = `unix:${socket}`;
  return async () => {
    delete process.env['PULSE_SERVER'];
    child.kill();
    await over;
    await rm(home, { recursive: true, force: true });
  };
}
