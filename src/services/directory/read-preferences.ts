/** Reads what was kept, and what the host gives: input from outside like any other. What is wrong is left out. */
import type { Target } from '../domain/target.js';
import type { ServiceError } from '../service-error.js';
import type { Favorite } from '../sip-service.js';
import { readTarget } from './read-target.js';

/** Recents and personal favorites that are kept. */
export const [MAX_RECENTS, MAX_FAVORITES] = [10, 50];

/** What is kept. */
export interface Kept {
  readonly favorites: readonly Favorite[];
  readonly recents: readonly Target[];
  /** Percent. */
  readonly zoom: number;
}

/** What holds where nothing was kept. */
export const NOTHING_KEPT: Kept = { favorites: [], recents: [], zoom: 100 };

function list<T>(value: unknown, read: (entry: unknown, at: number) => T): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, at) => {
    try {
      return [read(entry, at)];
    } catch {
      return [];
    }
  });
}

const category = (value: unknown): string => (typeof value === 'string' ? value.toWellFormed().trim().slice(0, 100) : '');

/** Zoom within its bounds, in percent. */
export function boundedZoom(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(200, Math.max(50, Math.round(value))) : 100;
}

/** Reads what was kept. @throws SyntaxError where the text is no JSON */
export function readKept(text: string | null | undefined): Kept {
  const value = JSON.parse(text ?? '{}') as { favorites?: unknown; recents?: unknown; zoom?: unknown } | null;
  const favorite = (entry: unknown, at: number): Favorite => {
    const fields = entry as { target?: unknown; category?: unknown };
    return { target: readTarget(fields.target, at), category: category(fields.category), corporate: false };
  };
  return {
    favorites: list(value?.favorites, favorite).slice(0, MAX_FAVORITES),
    recents: list(value?.recents, readTarget).slice(0, MAX_RECENTS),
    zoom: boundedZoom(value?.zoom),
  };
}

/**
 * Reads corporate favorites: records of targets, each with a `category` if it has one.
 * @param onError told of each record that is left out
 */
export function readCorporate(value: readonly unknown[], onError: (error: ServiceError) => void): Favorite[] {
  return value.flatMap((record, at): Favorite[] => {
    try {
      const fields = (record ?? {}) as { category?: unknown };
      return [{ target: readTarget(record, at, 'corporate favorites'), category: category(fields.category), corporate: true }];
    } catch (error) {
      onError(error as ServiceError);
      return [];
    }
  });
}
