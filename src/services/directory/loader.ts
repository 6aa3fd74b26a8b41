/** Keeps the index filled from the sources. */
import type { DirectoryStatus } from '../domain/slices.js';
import type { ServiceConfig } from '../service-config.js';
import type { Environment } from '../environment.js';
import { isServiceError, ServiceError } from '../service-error.js';
import { breather, isOver, type Breathe } from './breathe.js';
import { readRecords } from './read-records.js';
import { fetchList, readSource } from './read-source.js';
import type { DirectorySource } from './sources.js';
import type { TargetIndex } from './target-index.js';
import { TargetPack } from './target-pack.js';

/** What a loader is made of. */
export interface LoaderOptions {
  readonly index: TargetIndex;
  readonly environment: Environment;
  readonly config: () => ServiceConfig;
  onStatus(status: DirectoryStatus): void;
  onError(error: ServiceError): void;
}

/** What a source gave last: it stands in for one that fails, and for one that has not changed. */
interface Kept {
  readonly source: unknown;
  readonly etag: string | undefined;
  readonly targets: TargetPack;
}

/** Reads the sources, one reading at a time: a new one ends the one before. */
export class DirectoryLoader {
  readonly #options: LoaderOptions;
  #kept: readonly Kept[] = [];
  #reading: AbortController | undefined;
  #version = 0;
  #sources: readonly unknown[] = ['', undefined];

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Reads the sources again where they are others than before. */
  configured(): void {
    const { directory, directorySource, address } = this.#options.config();
    const now = [directory, directorySource, address];
    if (now.every((part, at) => part === this.#sources[at])) return;
    this.#sources = now;
    void this.refresh();
  }

  /** Reads the sources. Never rejects: what fails is told. Asked several times in one turn, it reads once. */
  async refresh(): Promise<void> {
    this.stop();
    const { signal } = (this.#reading = new AbortController());
    const { directory, directorySource } = this.#options.config();
    if (directory || directorySource) this.#tell('loading');
    await Promise.resolve();
    if (isOver(signal)) return;
    try {
      await this.#read(signal);
    } catch (error) {
      if (!isOver(signal)) this.#failed(error);
    }
  }

  /** Ends a reading under way. */
  stop(): void {
    this.#reading?.abort();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { directory, directorySource } = this.#options.config();
    const breathe = breather();
    const readings = [
      ...(directory ? [this.#fetched(directory, breathe, signal)] : []),
      ...(directorySource ? [this.#given(directorySource, breathe, signal)] : []),
    ];
    const results = await Promise.allSettled(readings);
    if (isOver(signal)) return;
    const failures = results.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    const good = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    // A source that fails leaves what it gave before.
    const old = this.#kept.filter(
      ({ source }) => [directory, directorySource].includes(source as never) && !good.some((one) => one.source === source),
    );
    if (failures.length && !good.length && !old.length) throw failures[0];
    this.#kept = [directory, directorySource].flatMap((source) => [...good, ...old].find((one) => one.source === source) ?? []);
    const packs = this.#kept.map(({ targets }) => targets);
    // The agent is no target of their own.
    await this.#options.index.fill(packs, breathe, { signal, without: this.#options.config().address });
    if (isOver(signal)) return;
    const errors = failures.map(readError);
    for (const error of errors) this.#options.onError(error);
    this.#tell(this.#kept.length ? 'ready' : 'empty', errors[0]);
  }

  async #fetched(url: string, breathe: Breathe, signal: AbortSignal): Promise<Kept> {
    const before = this.#kept.find(({ source }) => source === url);
    const { etag, records } = await fetchList(url, before?.etag, signal, this.#options.environment);
    if (!records && before) return before;
    return { source: url, etag, targets: records ? await readRecords(records, breathe, this.#toldUntil(signal)) : new TargetPack() };
  }

  async #given(source: DirectorySource, breathe: Breathe, signal: AbortSignal): Promise<Kept> {
    return {
      source,
      etag: undefined,
      targets: await readRecords(readSource(source, signal, this.#options.environment), breathe, this.#toldUntil(signal)),
    };
  }

  /** Tells of bad records, but not of those of a reading that was given up. */
  #toldUntil(signal: AbortSignal): (error: ServiceError) => void {
    return (error) => {
      if (!isOver(signal)) this.#options.onError(error);
    };
  }

  #failed(cause: unknown): void {
    const error = readError(cause);
    this.#options.onError(error);
    this.#tell('failed', error);
  }

  #tell(status: DirectoryStatus['status'], error?: ServiceError): void {
    this.#version += 1;
    this.#options.onStatus({
      status,
      count: this.#options.index.size,
      version: this.#version,
      ...(error ? { error: error.toJSON() } : {}),
    });
  }
}

function readError(cause: unknown): ServiceError {
  if (isServiceError(cause)) return cause;
  return new ServiceError('directory', "The directory cannot be read: its function failed. Check the function's own error.", { cause });
}
