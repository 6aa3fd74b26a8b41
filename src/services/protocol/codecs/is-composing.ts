/** application/im-iscomposing+xml (RFC 3994): somebody is typing. */
import { childText, escapeXml, parseXml, xmlDocument, xmlElement } from './xml.js';

const NAMESPACE = 'urn:ietf:params:xml:ns:im-iscomposing';

/** Seconds that an active state holds where the sender says nothing (RFC 3994, 3.3). */
const DEFAULT_REFRESH = 120;
/** Bounds in seconds on what a sender may say: less would flicker, more would show a typist who left long ago. */
const SHORTEST_REFRESH = 10;
const LONGEST_REFRESH = 600;

/** State of the other side's message box. */
export interface IsComposing {
  readonly state: 'active' | 'idle';
  /** Seconds after which an active state is over unless it comes again; without meaning for idle. */
  readonly refresh: number;
  /** Media type that is being composed; `text/plain` where the sender does not say. */
  readonly contentType: string;
}

function boundedRefresh(seconds: number): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.trunc(seconds), SHORTEST_REFRESH), LONGEST_REFRESH) : DEFAULT_REFRESH;
}

/** Writes a state; `refresh` goes with the active one only. */
export function encodeIsComposing({ state, refresh, contentType }: IsComposing): string {
  const type = xmlElement('contenttype', {}, escapeXml(contentType));
  const hold = state === 'active' ? xmlElement('refresh', {}, String(boundedRefresh(refresh))) : '';
  return xmlDocument(xmlElement('isComposing', { xmlns: NAMESPACE }, xmlElement('state', {}, state) + type + hold));
}

/** Reads a state. A state that is not known counts as idle (RFC 3994, 3.3). @returns undefined where it is none. */
export function decodeIsComposing(text: string): IsComposing | undefined {
  const root = parseXml(text, NAMESPACE, 'isComposing');
  const state = root && childText(root, NAMESPACE, 'state');
  if (!root || state === undefined) return undefined;
  const active = state.toLowerCase() === 'active';
  const refresh = childText(root, NAMESPACE, 'refresh') ?? '';
  return {
    state: active ? 'active' : 'idle',
    refresh: boundedRefresh(active && /^\d{1,9}$/.test(refresh) ? Number(refresh) : NaN),
    contentType: childText(root, NAMESPACE, 'contenttype') || 'text/plain',
  };
}
