/** Reads what a frame asks of the page around it: the arguments of each method. What is of another shape never reaches the page's own code. */
import type { HostCallAction, HostLogEntry } from './host-adapter.js';
import type { HostMethod } from './postmessage-protocol.js';
import { CALL_ACTIONS, MAX_TEXT } from './read-host.js';

type Fields = Readonly<Record<string, unknown>>;

/** The arguments as they may be handed on; undefined where they are malformed. */
type Reader = (args: readonly unknown[]) => readonly unknown[] | undefined;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

const isText = (value: unknown, most = MAX_TEXT): value is string => typeof value === 'string' && value.length <= most;
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Bytes of a transcript that the agent exports; lines are not cut by a host's limit of texts. */
const MAX_TRANSCRIPT = 4 * 1024 * 1024;
const LOG_KINDS: readonly HostLogEntry['kind'][] = ['im', 'im-consultation', 'call', 'voice-consultation'];

/** Keeps the members that are known, each of its type; undefined where one is missing or of another type. */
function members(value: unknown, known: Readonly<Record<string, (value: unknown) => boolean>>, optional: Fields = {}): Fields | undefined {
  const given = fieldsOf(value);
  if (!given) return undefined;
  const kept = Object.entries(known).filter(([name]) => given[name] !== undefined || !Object.hasOwn(optional, name));
  return kept.every(([name, fits]) => fits(given[name])) ? Object.fromEntries(kept.map(([name]) => [name, given[name]])) : undefined;
}

const none: Reader = (args) => (args.length ? undefined : []);
const reference: Reader = ([ref, ...more]) => (isText(ref) && !more.length ? [ref] : undefined);

/** One object of known members. */
function one(known: Readonly<Record<string, (value: unknown) => boolean>>, ...optional: string[]): Reader {
  const maybe = Object.fromEntries(optional.map((name) => [name, true]));
  return ([value, ...more]) => {
    const read = more.length ? undefined : members(value, known, maybe);
    return read && [read];
  };
}

const READERS: Readonly<Record<HostMethod, Reader>> = {
  activeInteraction: none,
  contact: reference,
  searchHistory: one({ contact: isText, text: isText, limit: isCount, cursor: isText }, 'cursor'),
  callState: none,
  callStates: none,
  callAction: ([callId, action, target]) => {
    const known: HostCallAction | undefined = CALL_ACTIONS.find((name) => name === action);
    const partner = target === null || target === undefined ? [undefined] : isText(target) ? [target] : undefined;
    return isText(callId) && known && partner ? [callId, known, ...partner] : undefined;
  },
  notify: one({ title: isText, body: isText }),
  setBadge: ([count, ...more]) => (isCount(count) && !more.length ? [count] : undefined),
  resize: one({ width: isCount, height: isCount }, 'width', 'height'),
  reveal: none,
  openRecord: one({ kind: (kind) => kind === 'contact' || kind === 'history', id: isText }),
  log: one(
    {
      kind: (kind) => LOG_KINDS.some((known) => known === kind),
      interactionId: isText,
      startedAt: isCount,
      endedAt: isCount,
      peer: isText,
      outcome: isText,
      transcript: (text) => isText(text, MAX_TRANSCRIPT),
    },
    'interactionId',
    'transcript',
  ),
};

/** The arguments of a request; undefined where they are malformed, and nothing is asked of the host. */
export function readArguments(method: HostMethod, args: readonly unknown[]): readonly unknown[] | undefined {
  return READERS[method](args);
}
