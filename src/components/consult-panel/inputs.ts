/** What the page sets, as it can be used. */
import { INTERACTION_MEDIA, type InteractionMedia } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { warnOnce } from '../internal/warn.js';

/** Medium of the screen; a word that is none is warned of once, and counts as none. */
export function mediaOf(element: DesksideElement, media: unknown): InteractionMedia | undefined {
  if (media === undefined || media === null) return undefined;
  const known = INTERACTION_MEDIA.find((one) => one === media);
  if (!known) warnOnce(element, 'media', `media must be one of ${INTERACTION_MEDIA.join(', ')}; it is left out.`);
  return known;
}
