/** What runs in the browser: one engine, filled and asked. */
import { DirectoryLoader } from '../../../src/services/directory/loader.js';
import { TargetIndex } from '../../../src/services/directory/target-index.js';
import { browserEnvironment } from '../../../src/services/environment.js';
import { DEFAULT_CONFIG, type ServiceConfig } from '../../../src/services/service-config.js';
import type { Target } from '../../../src/services/index.js';
import { ENGINES, ours, type Find } from './engines.js';
import { makeAgents, makeQueries } from './people.js';

/** What an engine did. Times in ms. */
export interface Measured {
  readonly fill: number;
  /** The longest time for which filling held the page up. */
  readonly longest: number;
  /** Bytes that no measure of the script's heap counts. */
  readonly outside: number;
  /** Of each whole query, sorted. */
  readonly queries: readonly number[];
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

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);

/** Kept so that memory can be measured while the engine is in use. */
const kept: unknown[] = [];

/** Fills one engine and asks it so many queries. */
async function measure(name: string, count: number, asked: number): Promise<Measured> {
  const agents = makeAgents(count);
  const queries = makeQueries(agents, asked);
  const engine = ENGINES.find((one) => one.name === name);
  if (!engine) throw new Error(`There is no engine ${name}.`);
  const begun = performance.now();
  const { find, longest, outside = 0 } = await engine.fill(agents);
  const fill = performance.now() - begun;
  kept.push(find);
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
    outside,
    queries: sorted(answers.map(({ time }) => time)),
    found: share(answers.map(({ hit }) => hit)),
    kinds: Object.fromEntries(kinds) as Record<string, number>,
  };
}

let typing: () => Promise<void> = () => Promise.resolve();

/** Makes ours ready to be typed at by `type`. @returns how many keystrokes that will be */
async function prepareTyping(count: number, asked: number): Promise<number> {
  const agents = makeAgents(count);
  const texts = makeQueries(agents, asked).flatMap(({ text }) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const { find } = await ours(agents);
  kept.push(agents, find);
  typing = async () => {
    for (const text of texts) {
      find(text, LIMIT);
      await new Promise<void>((resolve) => setTimeout(resolve));
    }
  };
  return texts.length;
}

/** Types every query out, letter by letter, each letter in a task of its own. */
const type = (): Promise<void> => typing();

let reading: () => Promise<void> = () => Promise.resolve();

/** Targets that a function gives at a time. */
const PAGE = 1000;

/** What a page gives a service, each with the same records. */
const SOURCES: Readonly<Record<string, (agents: readonly Target[]) => Partial<ServiceConfig>>> = {
  inline: (agents) => ({ directorySource: agents }),
  // The bench's server has it.
  url: () => ({ directory: '/agents.json' }),
  function: (agents) => {
    // As texts, as a server answers: each page is parsed when it is asked for.
    const pages = Array.from({ length: Math.ceil(agents.length / PAGE) }, (_, at) =>
      JSON.stringify(agents.slice(at * PAGE, (at + 1) * PAGE)),
    );
    return {
      directorySource: ({ cursor = '0' }) => {
        const at = Number(cursor);
        const targets = JSON.parse(pages[at] ?? '[]') as unknown[];
        return Promise.resolve({ targets, ...(at + 1 < pages.length ? { cursor: String(at + 1) } : {}) });
      },
    };
  },
};

/** Makes a directory ready to be read by `read`, as a service reads the records that a page gives it. */
function prepare(count: number, source: string): void {
  const given = SOURCES[source]?.(makeAgents(count));
  const index = new TargetIndex();
  const fail = (error: Error): never => {
    throw error;
  };
  const config = (): ServiceConfig => ({ ...DEFAULT_CONFIG, ...given });
  const loader = new DirectoryLoader({ index, environment: browserEnvironment(), config, onStatus: () => undefined, onError: fail });
  kept.push(given, index);
  reading = async () => {
    await loader.refresh();
    if (index.size !== count) throw new Error(`${index.size} of ${count} were read from ${source}.`);
  };
}

/** Reads it. */
const read = (): Promise<void> => reading();

/** The targets alone, without an engine: what memory is measured against. */
function hold(count: number): void {
  kept.push(makeAgents(count));
}

Object.assign(globalThis, { searchBench: { measure, hold, prepare, read, prepareTyping, type } });
