/**
 * `npm start` and `npm run switch`: installs what is missing, builds what is stale, then hands over to the TypeScript that does the work.
 * Plain Node without dependencies, because on a bare clone nothing else is there yet.
 *
 *   node demo/bootstrap.mjs start  [--port N] [--switch embedded|kamailio]
 *   node demo/bootstrap.mjs switch --kind embedded|kamailio --port N
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './tools/build.mjs';
import { installModules } from './tools/install.mjs';
import { endWithParent } from './tools/parent.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What each command builds first, and the module whose `main(args)` does it. */
const COMMANDS = {
  start: { builds: true, module: './server.ts' },
  switch: { builds: false, module: './switch/cli.ts' },
};

/** @param {string[]} argv */
async function run([name = 'start', ...args]) {
  const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
  if (!command) throw new Error(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(', ')}.`);
  process.chdir(root);
  endWithParent();
  installModules(root);
  if (command.builds && !args.includes('--help')) buildIfStale('demo');
  const { register } = await import('tsx/esm/api');
  register();
  /** @type {{main(args: string[]): Promise<void>}} */
  const { main } = await import(command.module);
  await main(args);
}

run(process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
