/** Keeps the index filled from the sources. */
import type { DirectoryStatus } from '../domain/slices.js';
import type { Target } from '../domain/target.js';
import type { ServiceConfig } from '../service-config.js';
import { isServiceError, ServiceError } from '../service-error.js';
import { fetchList, readSource, type KnownLists } from './read-source.js';
import { readTarget } from './read-target.js';
import type { TargetIndex } from './target-index.js';

/** What a loader is made of. */
export interface LoaderOptions {
  readonly index: TargetIndex;
  readonly config: () => ServiceConfig;
  onStatus(status: DirectoryStatus): void;
  onError(error: ServiceError): void;
}

/** Gives the page a turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Reads the sources, one reading at a time: a new one ends the one before. */
export class DirectoryLoader {
  readonly #options: LoaderOptions;
  readonly #known: KnownLists = new Map();
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

  /** Reads the sources. Never rejects: what fails is told. */
  async refresh(): Promise<void> {
    this.stop();
    const { signal } = (this.#reading = new AbortController());
    const { directory, directorySource } = this.#options.config();
    if (!directory && !directorySource) {
      this.#tell('empty');
      return;
    }
    this.#tell('loading');
    try {
      await this.#read(signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  /** Ends a reading under way. */
  stop(): void {
    this.#reading?.abort();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { directory, directorySource } = this.#options.config();
    const lists = [
      ...(directory ? [await fetchList(directory, this.#known, signal)] : []),
      ...(directorySource ? [await readSource(directorySource, signal)] : []),
    ];
    if (signal.aborted) return;
    await this.#options.index.fill(this.#targets(lists.flat()), breathe);
    this.#tell('ready');
  }

  /** The records that are good, the last of each address; the agent is no target of their own. */
  #targets(records: readonly unknown[]): Target[] {
    const own = this.#options.config().address;
    const byAddress = new Map<string, Target>();
    records.forEach((record, at) => {
      try {
        const target = readTarget(record, at);
        if (target.address !== own) byAddress.set(target.address, target);
      } catch (error) {
        if (isServiceError(error)) this.#options.onError(error);
      }
    });
    return [...byAddress.values()];
  }

  #failed(cause: unknown): void {
    const error = isServiceError(cause)
      ? cause
      : new ServiceError('directory', 'The directory cannot be read. Check its address and that it is JSON.', { cause });
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
