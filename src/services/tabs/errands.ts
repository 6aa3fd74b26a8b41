/**
 * Commands of this tab that somebody else does, until they are answered. When the lead changes hands they are given again, in order: their ids
 * were made here, so that what was done is not done twice.
 */
import type { Command } from '../domain/commands.js';
import { isServiceError, ServiceError, type ServiceErrorCode } from '../service-error.js';
import type { TabError } from './tab-message.js';

/** One command. */
export interface Errand {
  readonly id: string;
  readonly command: Command;
  /** A leader before may have done it. */
  readonly again: boolean;
}

interface Waiting {
  readonly command: Command;
  given: boolean;
  readonly resolve: () => void;
  readonly reject: (error: ServiceError) => void;
}

/** What a command that was given twice may say when the first one had been done. */
const DONE_BEFORE: readonly string[] = ['invalid-state', 'not-found'];

/** See the head of the file. */
export class Errands {
  readonly #waiting = new Map<string, Waiting>();
  readonly #newId: () => string;
  #watch: Command | undefined;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** Takes a command; settles when it was answered. */
  add(command: Command): { errand: Errand; done: Promise<void> } {
    if (command.type === 'presence.watch') this.#watch = command;
    const id = this.#newId();
    const done = new Promise<void>((resolve, reject) => this.#waiting.set(id, { command, given: false, resolve, reject }));
    return { errand: { id, command, again: false }, done };
  }

  /** It was handed over. */
  given(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting) waiting.given = true;
  }

  /** What a new leader has to know, in order: first what this tab watches. */
  all(): readonly Errand[] {
    const watching = [...this.#waiting.values()].some(({ command }) => command === this.#watch);
    const renewed = this.#watch && !watching ? [this.add(this.#watch)] : [];
    for (const { done } of renewed) done.catch(() => undefined);
    return [...this.#waiting].map(([id, { command, given }]) => ({ id, command, again: given }));
  }

  /** The answer came; a second one changes nothing. */
  settle(id: string, error?: TabError): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!error) waiting?.resolve();
    else waiting?.reject(errorFrom(error));
  }

  /** Nobody will do them any more. */
  drop(error: ServiceError): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, error.toJSON());
    this.#watch = undefined;
  }
}

/** What is told of a command that failed; nothing where it was only done before. */
export function answerOf(error: unknown, again: boolean): TabError | undefined {
  if (!isServiceError(error)) return { code: 'internal', message: 'A command failed. Please report it.' };
  return again && DONE_BEFORE.includes(error.code) ? undefined : error.toJSON();
}

/** An error as another tab told it. The codes are those of one version: tabs of another have a line of their own. */
export function errorFrom({ code, message, status }: TabError): ServiceError {
  return new ServiceError(code as ServiceErrorCode, message, status === undefined ? {} : { status });
}
