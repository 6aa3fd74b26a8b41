/** What the agent's role allows (product decision 6). */

/**
 * - `im-use`: instant messaging at all; without it nothing of it is shown and every invitation is refused.
 * - `im-make`: may start sessions. `im-release`: may end them. Both need `im-use`.
 * - `voice`: calls and voice consultation.
 * - `contact-information`: may see contact data and history.
 * - `transcript-export`: may copy and export transcripts, where the host allows it too.
 */
export type Right = 'im-use' | 'im-make' | 'im-release' | 'voice' | 'contact-information' | 'transcript-export';

/** Every right. */
export const RIGHTS: readonly Right[] = ['im-use', 'im-make', 'im-release', 'voice', 'contact-information', 'transcript-export'];

/** What holds where the integrator says nothing: everything but taking texts out. */
export const DEFAULT_RIGHTS: readonly Right[] = RIGHTS.filter((right) => right !== 'transcript-export');

/** Reads a space- or comma-separated list; unknown words are returned apart, so that they can be reported. */
export function parseRights(text: string): { rights: Right[]; unknown: string[] } {
  const words = text.split(/[\s,]+/).filter(Boolean);
  return {
    rights: RIGHTS.filter((right) => words.includes(right)),
    unknown: words.filter((word) => !RIGHTS.includes(word as Right)),
  };
}

/** Whether `right` holds; the dependent IM rights need `im-use`. */
export function hasRight(rights: readonly Right[], right: Right): boolean {
  if ((right === 'im-make' || right === 'im-release') && !rights.includes('im-use')) return false;
  return rights.includes(right);
}
