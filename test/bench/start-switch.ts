/** A switch in a process of its own, so that its work is not counted as that of the agents. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { SwitchKind } from '../../demo/switch/start.js';
import { ROOT } from '../support/root.mjs';

/** A switch that runs. */
export interface RunningSwitch {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a switch with the demo's accounts. @throws where it does not come up */
export async function startSwitch(kind: SwitchKind): Promise<RunningSwitch> {
  const script = `import { main } from './demo/switch/cli.ts'; await main(${JSON.stringify(['--kind', kind, '--port', '0'])});`;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('The switch has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('ready')) continue;
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    };
    return { url: line.split(' ').at(-1) ?? '', stop };
  }
  throw new Error(`The ${kind} switch did not start.`);
}
