/** `npm run switch -- --kind embedded|kamailio --port N`: one switch alone, on loopback, with the demo accounts. */
import { parseArgs } from 'node:util';
import { startSwitch, type SwitchKind } from './start.js';

const KINDS: readonly string[] = ['embedded', 'kamailio'] satisfies SwitchKind[];
const DEFAULT_PORT = 5066;

/**
 * Starts the switch, prints a line that begins `ready` and ends with its address, and runs until SIGTERM or SIGINT.
 * Throws with a sentence about what is wrong with `args`, or why the switch cannot run here.
 */
export async function main(args: string[]): Promise<void> {
  const { kind, port } = readArguments(args);
  const running = await startSwitch({ kind, port });
  process.stdout.write(`ready ${kind} switch ${running.url}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await running.stop();
}

function readArguments(args: string[]): { kind: SwitchKind; port: number } {
  const { values } = parseArgs({
    args,
    options: { kind: { type: 'string', default: 'embedded' }, port: { type: 'string', default: String(DEFAULT_PORT) } },
  });
  const port = Number(values.port);
  if (!KINDS.includes(values.kind)) throw new Error(`--kind must be one of ${KINDS.join(', ')}, not "${values.kind}"`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
  return { kind: values.kind as SwitchKind, port };
}
