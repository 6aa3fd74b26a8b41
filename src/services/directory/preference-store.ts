/** Where favorites, recents and zoom of an agent are kept: in the browser, or where the host wants them. */
import type { Environment } from '../environment.js';

/** A store that the host can put in place of the browser's own. Both functions may answer at once or later; one that fails breaks nothing. */
export interface PreferenceStore {
  /** What was saved last for this agent; null or undefined where nothing was. @param agent SIP address */
  load(agent: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a text (JSON, at most some 50 kB). @param agent SIP address */
  save(agent: string, text: string): unknown;
  /** Calls `changed` when something else than this page has saved for the agent (another tab, say), until the signal ends; then it is loaded anew. */
  watch?(agent: string, changed: () => void, options: { signal: AbortSignal }): void;
}

/** The browser's own storage, one entry for each agent. */
export function browserStore({ settings, onSettings }: Pick<Environment, 'settings' | 'onSettings'>): PreferenceStore {
  const keyOf = (agent: string): string => `deskside/preferences/1/${agent}`;
  return {
    load: (agent) => settings?.getItem(keyOf(agent)),
    save: (agent, text) => settings?.setItem(keyOf(agent), text),
    watch: (agent, changed, options) =>
      onSettings?.((key) => {
        if (key === null || key === keyOf(agent)) changed();
      }, options),
  };
}
