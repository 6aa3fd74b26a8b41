/** Reads a trace of Chromium's. */

/** One task of a thread. */
export interface Task {
  /** Milliseconds that it took, and of them those that the processor worked for it. */
  readonly wall: number;
  readonly cpu: number;
}

interface TraceEvent {
  readonly name?: string;
  readonly ph?: string;
  readonly pid?: number;
  readonly tid?: number;
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
  for (const { name, ph, pid, tid, dur = 0, tdur = dur } of events) {
    const thread = `${pid}.${tid}`;
    if (ph !== 'X' || name !== 'RunTask' || !mainThreads.has(thread)) continue;
    const own = tasks.get(thread) ?? [];
    own.push({ wall: dur / 1000, cpu: tdur / 1000 });
    tasks.set(thread, own);
  }
  return [...tasks.values()].sort((one, other) => total(other) - total(one))[0] ?? [];
}

function total(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { cpu }) => sum + cpu, 0);
}
