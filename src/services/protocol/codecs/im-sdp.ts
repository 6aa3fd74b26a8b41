/**
 * The session description of an IM: SDP (RFC 8866) with an `m=message` line that says "in this SIP dialog", as LCS, OCS and
 * Lync do (MS-SDP, 3.1.5.3); and enough of SDP to tell what another description is for.
 */
import { headerText } from './header.js';

/** What we take and send in an IM session. */
export const ACCEPT_TYPES: readonly string[] = [
  'message/cpim',
  'text/plain',
  'application/im-iscomposing+xml',
  'message/imdn+xml',
  'application/vnd.deskside.case+json',
];

/** What a media line is for. `msrp` (RFC 4975) is known so that it can be refused. */
export type MediaKind = 'im' | 'audio' | 'video' | 'msrp' | 'unknown';

/** One media line with the attributes that matter here. */
export interface SdpMedia {
  readonly kind: MediaKind;
  /** As written: `message`, `x-ms-message`, `audio`… */
  readonly media: string;
  /** 0 where the line is refused or ended (RFC 3264, 6). */
  readonly port: number;
  readonly protocol: string;
  /** All formats as written. */
  readonly format: string;
  /** Media types in lower case; empty where the line has none. */
  readonly acceptTypes: readonly string[];
}

/** A description. */
export interface SdpDescription {
  readonly media: readonly SdpMedia[];
}

/** What an own description is made of. */
export interface ImDescription {
  /** Own address, `sip:user@domain`. */
  readonly address: string;
  /** Any number that stays the same in the dialog. */
  readonly sessionId: number;
  /** Counts up with every change of the description (RFC 3264, 8). */
  readonly version?: number;
}

/** Most media lines that are read. */
const MEDIA_LIMIT = 32;
/** Most UTF-16 units of SDP that are read. */
const SDP_LIMIT = 32 * 1024;
const MEDIA_LINE = /^m=([^\s]+) (\d{1,5})(?:\/\d+)? ([^\s]+) (\S.*)$/;
const ACCEPT_LINE = /^a=accept-types:(.+)$/i;

/** Which media line is what: media name, transport protocol. First match counts. */
const KINDS: readonly (readonly [media: RegExp, protocol: RegExp, kind: MediaKind])[] = [
  [/^message$/i, /^sip$/i, 'im'],
  [/^x-ms-message$/i, /^sip$/i, 'im'],
  [/^message$/i, /msrp/i, 'msrp'],
  [/^audio$/i, /^/, 'audio'],
  [/^video$/i, /^/, 'video'],
];

function head({ sessionId, version = 1 }: ImDescription): string[] {
  return ['v=0', `o=- ${Math.abs(Math.trunc(sessionId)) || 1} ${version} IN IP4 0.0.0.0`, 's=-', 'c=IN IP4 0.0.0.0', 't=0 0'];
}

function imLines(media: string, format: string): string[] {
  return [`m=${media} 5060 sip ${format}`, `a=accept-types:${ACCEPT_TYPES.join(' ')}`];
}

/** A line must have a format; `null` is what Lync writes for nothing. */
const addressFormat = (address: string): string => headerText(address).replace(/\s+/g, '') || 'null';

/** Writes an offer of an IM session (docs/wire.md). The port has no meaning and must not be 0. */
export function encodeImOffer(own: ImDescription): string {
  return [...head(own), ...imLines('message', addressFormat(own.address)), ''].join('\r\n');
}

/**
 * Writes the answer to an offer: the first IM line is taken in its own dialect, every other line refused with port 0; lines
 * keep their order (RFC 3264, 6).
 * @returns undefined where the offer has no IM line.
 */
export function encodeImAnswer(offer: SdpDescription, own: ImDescription): string | undefined {
  const taken = offer.media.findIndex((media) => media.kind === 'im' && media.port !== 0);
  if (taken < 0) return undefined;
  const lines = offer.media.flatMap(({ media, protocol, format }, index) => {
    if (index !== taken) return [`m=${media} 0 ${protocol} ${format}`];
    return imLines(media, media.toLowerCase() === 'message' ? addressFormat(own.address) : 'null');
  });
  return [...head(own), ...lines, ''].join('\r\n');
}

function kindOf(media: string, protocol: string): MediaKind {
  return KINDS.find(([name, transport]) => name.test(media) && transport.test(protocol))?.[2] ?? 'unknown';
}

function readMedia(line: string): (SdpMedia & { acceptTypes: string[] }) | undefined {
  const [, media = '', port = '', protocol = '', format = ''] = MEDIA_LINE.exec(line) ?? [];
  if (media === '' || Number(port) > 65535) return undefined;
  return { kind: kindOf(media, protocol), media, port: Number(port), protocol, format: format.trim(), acceptTypes: [] };
}

/** Reads the media lines of a description. @returns undefined where it is no SDP or one of them is malformed. */
export function decodeSdp(text: string): SdpDescription | undefined {
  if (text.length > SDP_LIMIT || !/^v=0\r?(?:\n|$)/.test(text)) return undefined;
  const media: (SdpMedia & { acceptTypes: string[] })[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('m=')) {
      const next = readMedia(line);
      if (!next || media.length >= MEDIA_LIMIT) return undefined;
      media.push(next);
    }
    const accepted = ACCEPT_LINE.exec(line)?.[1];
    if (accepted !== undefined) media.at(-1)?.acceptTypes.push(...accepted.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 64));
  }
  return { media };
}

/**
 * What a session with this description would be: `im` before all others, then audio (with or without video), then MSRP.
 * Lines with port 0 do not count.
 */
export function kindOfSdp(description: SdpDescription | undefined): MediaKind {
  const kinds = new Set(description?.media.filter(({ port }) => port !== 0).map(({ kind }) => kind));
  return (['im', 'audio', 'video', 'msrp'] as const).find((kind) => kinds.has(kind)) ?? 'unknown';
}

/** Whether the other side takes bodies of this type in an IM line; a line that names none takes plain text (MS-SDP). */
export function accepts(media: SdpMedia, type: string): boolean {
  const wanted = type.toLowerCase();
  if (media.acceptTypes.length === 0) return wanted === 'text/plain';
  return media.acceptTypes.some((one) => one === '*' || one === '*/*' || one === wanted || one === `${wanted.split('/', 1)[0] ?? ''}/*`);
}
