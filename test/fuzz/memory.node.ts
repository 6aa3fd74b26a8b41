/** Reading mutants leaves nothing behind: memory after fifty thousand of them is what it was before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzz } from './fuzz.js';
import { TARGETS } from './targets.js';

const SEED = 20_260_102;
/** Mutants of every target before the first look: compiled code and caches stand then. */
const WARM = 2000;
const MUTANTS = 4000;
/** Bytes that may be more, over all targets: caches that are bounded may still fill. */
const ROOM = 1_000_000;

// Pages have it, Node has not.
Object.assign(globalThis, {
  reportError: (error: unknown) => {
    throw error;
  },
});
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of JavaScript that are alive. */
async function alive(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

test(`${TARGETS.length} readers, ${MUTANTS} mutants each: memory does not grow`, async () => {
  for (const target of TARGETS) assert.deepEqual(fuzz(target, SEED, WARM).failures, []);
  const before = await alive();
  for (const target of TARGETS) assert.deepEqual(fuzz(target, SEED + 1, MUTANTS).failures, []);
  const grown = (await alive()) - before;
  console.log(`${TARGETS.length * MUTANTS} mutants: ${(grown / 1e3).toFixed(0)} kB more`);
  assert.ok(grown < ROOM, `${grown} bytes more`);
});
