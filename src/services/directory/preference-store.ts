/** Where favorites, recents and zoom of an agent are kept: in the browser, or where the host wants them. */
import type { KeyValueStorage } from '../environment.js';

/** A store that the host can put in place of the browser's own. Both functions may answer at once or later; one that fails breaks nothing. */
export interface PreferenceStore {
  /** What was saved last for this agent; null or undefined where nothing was. @param agent SIP address */
  load(agent: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a text (JSON, at most some 50 kB). @param agent SIP address */
  save(agent: string, text: string): unknown;
}

/** The browser's own storage, one entry for each agent. */
export function browserStore(storage: KeyValueStorage | undefined): PreferenceStore {
  const key = (agent: string): string => `deskside/preferences/1/${agent}`;
  return {
    load: (agent) => storage?.getItem(key(agent)),
    save: (agent, text) => storage?.setItem(key(agent), text),
  };
}
