/**
 * application/pidf+xml (RFC 3863) with the activities of RPID (RFC 4480): what an agent publishes of each channel. One tuple
 * for each channel of each device, its id `im-<device>` or `voice-<device>`:
 *
 * | state           | basic  | activity                   | note             |
 * |-----------------|--------|----------------------------|------------------|
 * | ready           | open   |                            |                  |
 * | not-ready       | open   | away                       | the reason       |
 * | busy            | open   | busy (on-the-phone)        |                  |
 * | after-call-work | open   | other: "after-call-work"   |                  |
 * | do-not-disturb  | open   | busy                       | "do-not-disturb" |
 * | logged-off      | closed |                            |                  |
 *
 * `unknown` is not written. The tuple's timestamp tells since when. Reading is in pidf-read.ts.
 */
import type { ChannelName, ChannelPresence, Presence, PresenceState } from '../../domain/presence.js';
import { CHANNELS } from '../../domain/presence.js';
import { encodeDateTime } from './date-time.js';
import { escapeXml, xmlDocument, xmlElement } from './xml.js';

/** Namespaces of the documents. */
export const PIDF = 'urn:ietf:params:xml:ns:pidf';
/** Data model (RFC 4479): the person apart from the devices. */
export const DATA_MODEL = 'urn:ietf:params:xml:ns:pidf:data-model';
/** Rich presence (RFC 4480). */
export const RPID = 'urn:ietf:params:xml:ns:pidf:rpid';

/** The note that tells Do Not Disturb from Busy. */
const DO_NOT_DISTURB = 'do-not-disturb';
/** The text of the activity `other` in After Call Work. */
export const AFTER_CALL_WORK = 'after-call-work';

/** What a device publishes. */
export interface PresenceDocument {
  /** Address of the agent, `sip:user@domain`. */
  readonly entity: string;
  /** Tells this device's tuples from those of others: letters, digits, "-" and ".". */
  readonly device: string;
  readonly channels: Presence['channels'];
}

/** The activity of each state, as XML; '' for none. */
const ACTIVITY: Readonly<Record<PresenceState, string>> = {
  ready: '',
  'not-ready': xmlElement('rpid:away'),
  'after-call-work': xmlElement('rpid:other', {}, AFTER_CALL_WORK),
  busy: xmlElement('rpid:busy'),
  'do-not-disturb': xmlElement('rpid:busy'),
  'logged-off': '',
  unknown: '',
};

function noteOf({ state, reason }: ChannelPresence): string {
  const text = state === 'do-not-disturb' ? DO_NOT_DISTURB : state === 'not-ready' ? (reason ?? '') : '';
  return text === '' ? '' : xmlElement('note', {}, escapeXml(text.slice(0, 256)));
}

/** The order of a tuple's children is fixed by the schema: status, extensions, contact, note, timestamp (RFC 3863, 4.1.2). */
function encodeTuple(channel: ChannelName, device: string, presence: ChannelPresence): string {
  const status = xmlElement('status', {}, xmlElement('basic', {}, presence.state === 'logged-off' ? 'closed' : 'open'));
  const activity = presence.state === 'busy' && channel === 'voice' ? xmlElement('rpid:on-the-phone') : ACTIVITY[presence.state];
  const activities = activity === '' ? '' : xmlElement('rpid:activities', {}, activity);
  const since = presence.since === undefined ? '' : xmlElement('timestamp', {}, encodeDateTime(presence.since));
  return xmlElement('tuple', { id: `${channel}-${device}` }, status + activities + noteOf(presence) + since);
}

/** Writes what one device publishes. */
export function encodePidf({ entity, device, channels }: PresenceDocument): string {
  const safeDevice = device.replace(/[^A-Za-z0-9.-]/g, '') || 'device';
  const tuples = CHANNELS.map((channel) => {
    const presence = channels[channel];
    return presence && presence.state !== 'unknown' ? encodeTuple(channel, safeDevice, presence) : '';
  });
  const attributes = { xmlns: PIDF, 'xmlns:rpid': RPID, entity };
  return xmlDocument(xmlElement('presence', attributes, tuples.join('')));
}
