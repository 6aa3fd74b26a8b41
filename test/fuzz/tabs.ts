/** Tab messages under fuzz: what is taken for a message changes the snapshot, or is refused, but never throws. */
import { readCommand } from '../../src/services/protocol/read-command.js';
import { isServiceError } from '../../src/services/service-error.js';
import { ServiceState } from '../../src/services/service/state.js';
import { isKept } from '../../src/services/tabs/schema/kept.js';
import { readTabMessage, type TabMessage } from '../../src/services/tabs/tab-message.js';
import { mutate } from './mutate.js';
import { below, pick } from './random.js';
import { SLICES } from './tab-samples.js';

/** What stands where something else should. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  's1',
  'm1',
  'x'.repeat(3000),
  '__proto__',
  'constructor',
  'toString',
  '\ud800',
  'ended.toString',
  'session:__proto__',
  [],
  [null],
  [[]],
  {},
  { toString: 1 },
  { length: 1e9 },
  JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
];

type Node = Record<string, unknown> | unknown[];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every object and list in a value, itself included. */
function nodesOf(value: unknown): Node[] {
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

/** Changes one member somewhere: another value, gone, another name, a copy of what stands elsewhere. */
function change(root: unknown, random: () => number): void {
  const nodes = nodesOf(root);
  const node = pick(random, nodes) as Record<string, unknown>;
  const keys = Object.keys(node);
  const key = keys.length > 0 ? pick(random, keys) : '0';
  const other = pick(random, nodes) as Record<string, unknown>;
  // Each a fresh one: what is inserted is changed further.
  const value = (): unknown => structuredClone(pick(random, VALUES));
  const changes: readonly (() => void)[] = [
    () => (node[key] = value()),
    () => delete node[key],
    () => !Array.isArray(node) && (node[pick(random, ['constructor', 'toString', 'type', 'id', 'extra'])] = value()),
    () => (node[key] = JSON.parse(JSON.stringify(other)) as unknown),
    () => Array.isArray(node) && node.push(...(node as unknown[]).slice(0, 100)),
  ];
  pick(random, changes)();
}

/** Half of the mutants stay JSON, for most of the others come no farther than its parser. */
export function mutateMessage(sample: string, random: () => number): string {
  if (random() < 0.5) return mutate(sample, random);
  const root = JSON.parse(sample) as unknown;
  for (let count = 1 + below(random, 3); count > 0; count -= 1) change(root, random);
  return JSON.stringify(root);
}

/** Does with a message what a tab does. */
function take(message: TabMessage): void {
  const state = new ServiceState();
  state.replace(new Map(SLICES));
  if (message.type === 'event') state.apply(message.event);
  if (message.type === 'state') state.replace(new Map(message.slices));
  for (const key of state.store.keys()) JSON.stringify(state.store.get(key as 'connection'));
  if (message.type !== 'ask') return;
  try {
    readCommand(message.command);
  } catch (error) {
    if (!isServiceError(error)) throw error;
  }
}

/** Reads a text as a message and as what a tab has kept; whatever is taken is taken again. */
export function readTabs(mutant: string): void {
  const message = readTabMessage(mutant);
  if (message) {
    if (!readTabMessage(JSON.stringify(message))) throw new Error('taken, and not taken again');
    take(message);
  }
  let value: unknown;
  try {
    value = JSON.parse(mutant);
  } catch {
    return;
  }
  isKept(value);
  if (Object.hasOwn(Object.prototype, 'polluted')) throw new Error('the prototype of all objects was changed');
}
