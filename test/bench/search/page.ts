/** What runs in the browser: one engine, filled and asked. */
import { DirectoryLoader } from '../../../src/services/directory/loader.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { browserEnvironment } from '../../../src/services/environment.js';
import { DEFAULT_CONFIG, type ServiceConfig } from '../../../src/services/service-config.js';
import { ENGINES, type Find } from './engines.js';
import { makeAgents, makeQueries, type Query } from './people.js';

/** What an engine did. Times in ms. */
export interface Measured {
  readonly fill: number;
  /** The longest time for which filling held the page up. */
  readonly longest: number;
  /** Of each whole query, sorted. */
  readonly queries: readonly number[];
  /** Of each keystroke of each query typed out, sorted; empty where not asked for. */
  readonly keystrokes: readonly number[];
  /** Of 1, how often the wanted target was among the first three. */
  readonly found: number;
  /** The same for each kind of query. */
  readonly kinds: Readonly<Record<string, number>>;
}

const LIMIT = 10;

function timed(find: Find, text: string): { time: number; found: readonly string[] } {
  const begun = performance.now();
  const found = find(text, LIMIT);
  return { time: performance.now() - begun, found };
}

const share = (all: readonly boolean[]): number => all.filter(Boolean).length / all.length;

function keystrokesOf(find: Find, queries: readonly Query[]): number[] {
  const times: number[] = [];
  for (const { text } of queries) for (let end = 1; end <= text.length; end += 1) times.push(timed(find, text.slice(0, end)).time);
  return times;
}

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);

/** Kept so that memory can be measured while the engine is in use. */
const kept: unknown[] = [];

/** Fills one engine and asks it so many queries. @param typed whether each query is also typed out, letter by letter */
async function measure(name: string, count: number, asked: number, typed: boolean): Promise<Measured> {
  const agents = makeAgents(count);
  const queries = makeQueries(agents, asked);
  const engine = ENGINES.find((one) => one.name === name);
  if (!engine) throw new Error(`There is no engine ${name}.`);
  const begun = performance.now();
  const { find, longest } = await engine.fill(agents);
  const fill = performance.now() - begun;
  kept.push(find);
  const keystrokes = typed ? keystrokesOf(find, queries) : [];
  const answers = queries.map(({ text, wanted, kind }) => {
    const { time, found } = timed(find, text);
    return { kind, time, hit: found.slice(0, 3).includes(wanted) };
  });
  const kinds = [...new Set(answers.map(({ kind }) => kind))].map((kind) => [
    kind,
    share(answers.filter((one) => one.kind === kind).map(({ hit }) => hit)),
  ]);
  return {
    fill,
    longest,
    queries: sorted(answers.map(({ time }) => time)),
    keystrokes: sorted(keystrokes),
    found: share(answers.map(({ hit }) => hit)),
    kinds: Object.fromEntries(kinds) as Record<string, number>,
  };
}

let reading: () => Promise<void> = () => Promise.resolve();

/** Makes a directory ready to be read by `read`, as a service reads the records that a page gives it. */
function prepare(count: number): void {
  const agents = makeAgents(count);
  const index = new TargetIndex();
  const fail = (error: Error): never => {
    throw error;
  };
  const config = (): ServiceConfig => ({ ...DEFAULT_CONFIG, directorySource: agents });
  const loader = new DirectoryLoader({ index, environment: browserEnvironment(), config, onStatus: () => undefined, onError: fail });
  kept.push(agents, index);
  reading = () => loader.refresh();
}

/** Reads it. */
const read = (): Promise<void> => reading();

/** The targets alone, without an engine: what memory is measured against. */
function hold(count: number): void {
  kept.push(makeAgents(count));
}

Object.assign(globalThis, { searchBench: { measure, hold, prepare, read } });
