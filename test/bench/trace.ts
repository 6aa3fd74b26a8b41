/** Reads a trace of Chromium's. */

/** One task of a thread. */
export interface Task {
  /** Milliseconds that it took, and of them those that the processor worked for it. */
  readonly wall: number;
  readonly cpu: number;
  /** Milliseconds of the processor's that the collector took of it. */
  readonly collector: number;
}

interface TraceEvent {
  readonly name?: string;
  readonly ph?: string;
  readonly pid?: number;
  readonly tid?: number;
  /** Microseconds, of the trace's own clock. */
  readonly ts?: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Every task of the main thread of the page that was traced (of the busiest, where several pages were open). */
export function mainThreadTasks(trace: string): readonly Task[] {
  const { traceEvents: events } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const mainThreads = new Set(
    events.flatMap(({ name, args, pid, tid }) => (name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid}.${tid}`] : [])),
  );
  const tasks = new Map<string, Task[]>();
  const collections = new Map<string, readonly TraceEvent[]>();
  for (const event of events) {
    const { name, ph, dur = 0, tdur = dur } = event;
    const thread = threadOf(event);
    if (ph !== 'X' || name !== 'RunTask' || !mainThreads.has(thread)) continue;
    const own = tasks.get(thread) ?? [];
    const collected = collections.get(thread) ?? events.filter((other) => isCollection(other) && threadOf(other) === thread);
    collections.set(thread, collected);
    own.push({ wall: dur / 1000, cpu: tdur / 1000, collector: collectorWithin(event, collected) });
    tasks.set(thread, own);
  }
  return [...tasks.values()].sort((one, other) => total(other) - total(one))[0] ?? [];
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;

const isCollection = ({ name, ph }: TraceEvent): boolean => ph === 'X' && (name === 'MinorGC' || name === 'MajorGC');

function collectorWithin({ ts: from = 0, dur: length = 0 }: TraceEvent, collections: readonly TraceEvent[]): number {
  const within = collections.filter(({ ts = 0 }) => ts >= from && ts < from + length);
  return within.reduce((sum, { dur = 0, tdur = dur }) => sum + tdur, 0) / 1000;
}

function total(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { cpu }) => sum + cpu, 0);
}
