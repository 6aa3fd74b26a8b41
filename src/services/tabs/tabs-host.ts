/** What sharing needs of the service in its page. */
import type { EngineHost } from '../engine.js';
import type { Slice } from './schema/slices.js';

/** The page's snapshot and listeners, and the way to put another tab's snapshot in its place. */
export interface TabsHost extends EngineHost {
  /** Name of this tab; calls name the tab that has their sound by it. */
  readonly tab: string;
  /** Every shared slice. */
  slices(): Iterable<Slice>;
  /** Takes these for all shared slices; what is this tab's alone (windows, drafts) stays as far as its sessions do. */
  replace(slices: ReadonlyMap<string, unknown>): void;
  /** Ids of the sessions whose window is open here. */
  windows(): readonly string[];
  /** Opens a window that was open before the page was loaded again. */
  openWindow(sessionId: string): void;
}
