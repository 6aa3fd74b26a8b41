/**
 * Reading application/pidf+xml (RFC 3863, RFC 4479, RFC 4480): our own documents exactly, those of foreign clients as near as
 * it goes, and several devices folded into one state for each channel.
 */
import { CHANNELS, summarise, type ChannelName, type ChannelPresence, type Presence, type PresenceState } from '../../domain/presence.js';
import { decodeDateTime } from './date-time.js';
import { AFTER_CALL_WORK, DATA_MODEL, PIDF, RPID } from './pidf.js';
import { childOf, childrenOf, childText, parseXml } from './xml.js';
import type { XmlElement } from './xml-read.js';

/** A document that was read. */
export interface ReadPresence {
  readonly entity: string;
  readonly presence: Presence;
}

/** Most tuples that are read: an agent has a few devices. */
const TUPLE_LIMIT = 64;
const OWN_TUPLE = /^(im|voice)-/;
const DND_NOTE = /^(?:dnd|do[\s_-]*not[\s_-]*disturb)$/i;

/** RPID activities (RFC 4480, 3.2) that leave the person no room. */
const BUSY: ReadonlySet<string> = new Set(['busy', 'on-the-phone', 'meeting', 'appointment', 'presentation', 'performance']);
/** Those that say nothing against taking work. */
const AVAILABLE: ReadonlySet<string> = new Set(['working', 'unknown', 'looking-for-work']);

/** Which of several devices' states speaks for the channel: the highest rank, then the newest. */
const RANK: Readonly<Record<PresenceState, number>> = {
  'do-not-disturb': 3,
  busy: 3,
  ready: 2,
  'after-call-work': 2,
  'not-ready': 2,
  'logged-off': 1,
  unknown: 0,
};

function activitiesOf(parent: XmlElement): XmlElement[] {
  return childrenOf(parent, RPID, 'activities').flatMap((activities) => childrenOf(activities, RPID, '*'));
}

/** The state that activities and a note tell of someone who is reachable. */
function stateOf(activities: readonly XmlElement[], note: string | undefined): { state: PresenceState; reason?: string } {
  const names = activities.map((activity) => activity.localName);
  if (names.some((name) => BUSY.has(name))) return { state: DND_NOTE.test(note ?? '') ? 'do-not-disturb' : 'busy' };
  const other = activities.find((activity) => activity.localName === 'other')?.textContent.trim() ?? '';
  if (other.toLowerCase() === AFTER_CALL_WORK) return { state: 'after-call-work' };
  const absent = names.find((name) => !AVAILABLE.has(name));
  if (absent === undefined) return { state: DND_NOTE.test(note ?? '') ? 'do-not-disturb' : 'ready' };
  // The bare "away" is what we write ourselves where the agent gave no reason.
  const reason = note ?? (absent === 'other' ? other.slice(0, 256) : absent === 'away' ? '' : absent);
  return { state: 'not-ready', ...(reason === '' ? {} : { reason }) };
}

/** What stands beside the tuples and holds for those of foreign clients. */
interface Person {
  readonly activities: readonly XmlElement[];
  readonly note: string | undefined;
}

function personOf(root: XmlElement): Person {
  const people = childrenOf(root, DATA_MODEL, 'person');
  const notes = people.map((person) => childText(person, DATA_MODEL, 'note') ?? childText(person, RPID, 'note'));
  return { activities: people.flatMap(activitiesOf), note: notes.find(Boolean) ?? (childText(root, PIDF, 'note') || undefined) };
}

function presenceOf(tuple: XmlElement, person: Person | undefined): ChannelPresence {
  const status = childOf(tuple, PIDF, 'status');
  const basic = (status && childText(status, PIDF, 'basic'))?.toLowerCase();
  const since = decodeDateTime(childText(tuple, PIDF, 'timestamp') ?? '');
  const when = since === undefined ? {} : { since };
  if (basic === 'closed') return { state: 'logged-off', ...when };
  // Without a basic status nothing is said (RFC 3863, 4.1.4); activities may still say it.
  const own = [...activitiesOf(tuple), ...(status ? activitiesOf(status) : [])];
  const activities = own.length > 0 ? own : (person?.activities ?? []);
  if (basic !== 'open' && activities.length === 0) return { state: 'unknown', ...when };
  return { ...stateOf(activities, childText(tuple, PIDF, 'note') || person?.note), ...when };
}

/** The channels that a foreign tuple tells of: by the scheme of its contact, else all. */
function foreignChannels(tuple: XmlElement): readonly ChannelName[] {
  const contact = childText(tuple, PIDF, 'contact') ?? '';
  if (/^tel:/i.test(contact)) return ['voice'];
  return /^(?:im|xmpp|msrps?):/i.test(contact) ? ['im'] : CHANNELS;
}

function better(a: ChannelPresence, b: ChannelPresence): ChannelPresence {
  if (RANK[a.state] !== RANK[b.state]) return RANK[a.state] > RANK[b.state] ? a : b;
  return (b.since ?? 0) > (a.since ?? 0) ? b : a;
}

type Found = Partial<Record<ChannelName, ChannelPresence>>;

function add(found: Found, channel: ChannelName, presence: ChannelPresence): void {
  const before = found[channel];
  found[channel] = before ? better(before, presence) : presence;
}

/**
 * Reads a document.
 * @returns undefined where it is no presence document; a presence of `unknown` where it says nothing.
 */
export function decodePidf(text: string): ReadPresence | undefined {
  const root = parseXml(text, PIDF, 'presence');
  if (!root) return undefined;
  const person = personOf(root);
  const own: Found = {};
  const foreign: Found = {};
  for (const tuple of childrenOf(root, PIDF, 'tuple').slice(0, TUPLE_LIMIT)) {
    const named = OWN_TUPLE.exec(tuple.getAttribute('id') ?? '')?.[1];
    const channel = CHANNELS.find((one) => one === named);
    if (channel) add(own, channel, presenceOf(tuple, undefined));
    else for (const each of foreignChannels(tuple)) add(foreign, each, presenceOf(tuple, person));
  }
  return { entity: root.getAttribute('entity')?.trim().slice(0, 512) ?? '', presence: summarise({ ...foreign, ...own }) };
}
