/** The body of an invitation: the offer, the first message, the case data (docs/wire.md, "Invitation"). */
import type { CaseData } from '../../domain/interaction.js';
import { CASE_TYPE } from '../codecs/case-data.js';
import { accepts, decodeSdp, encodeImAnswer, encodeImOffer, type SdpDescription } from '../codecs/im-sdp.js';
import { decodeMediaType } from '../codecs/media-type.js';
import { decodeMultipart, encodeMultipart, type Part } from '../codecs/multipart.js';
import { SIP_MESSAGE_LIMIT, utf8Length } from '../codecs/text.js';
import type { SipBody } from '../gateway.js';
import { caseBody, CPIM_TYPE, readLine, textBody, type Ends, type IncomingText, type OutgoingText } from './line.js';

const SDP_TYPE = 'application/sdp';
/** Bytes left for headers, the offer and the multipart's frame. */
const ROOM_FOR_HEADERS = 4 * 1024;
const OPTIONAL = 'handling=optional';

/** What an invitation holds besides its offer. */
export interface InvitationContent {
  readonly offer: SdpDescription | undefined;
  /** The peer takes no CPIM: plain text both ways. */
  readonly plain: boolean;
  readonly first?: IncomingText;
  readonly caseData?: CaseData;
}

/** An offer alone. */
export function offerBody(ends: Ends, sessionId: number): SipBody {
  return { contentType: SDP_TYPE, content: encodeImOffer({ address: ends.self.address, sessionId }), disposition: 'session' };
}

/**
 * An invitation with its first message. Where the case data would make the SIP message too long, only what it is about travels with the
 * invitation (as version 0), and the entries follow once the session stands.
 * @returns the body, and whether the whole case data is in it
 */
export function invitationBody(
  first: OutgoingText,
  ends: Ends,
  options: { sessionId: number; receipts: boolean; caseData?: CaseData },
): { body: SipBody; withCase: boolean } {
  const text = textBody(first, ends, { plain: false, receipts: options.receipts });
  const whole = options.caseData && caseBody(options.caseData);
  const room = SIP_MESSAGE_LIMIT - ROOM_FOR_HEADERS - utf8Length(text.content);
  const withCase = whole !== undefined && utf8Length(whole.content) <= room;
  const details = withCase || !options.caseData ? whole : caseBody({ ...options.caseData, seq: 0, data: [], notify: [] });
  const parts: Part[] = [
    { contentType: SDP_TYPE, body: encodeImOffer({ address: ends.self.address, sessionId: options.sessionId }), disposition: 'session' },
    { contentType: text.contentType, body: text.content, disposition: `render;${OPTIONAL}` },
    ...(details ? [{ contentType: details.contentType, body: details.content, disposition: `render;${OPTIONAL}` }] : []),
  ];
  const { contentType, body } = encodeMultipart(parts);
  return { body: { contentType, content: body, disposition: 'session' }, withCase };
}

/** Our answer to an offer; undefined where it offers no IM. */
export function answerBody(offer: SdpDescription | undefined, ends: Ends, sessionId: number): SipBody | undefined {
  const content = offer && encodeImAnswer(offer, { address: ends.self.address, sessionId });
  return content === undefined ? undefined : { contentType: SDP_TYPE, content, disposition: 'session' };
}

const typeOf = (part: Part): string => decodeMediaType(part.contentType)?.value ?? '';

function partsOf(body: SipBody | undefined): readonly Part[] {
  if (!body) return [];
  return decodeMultipart(body.contentType, body.content) ?? [{ contentType: body.contentType, body: body.content }];
}

/** Whether a description's IM line takes no CPIM. */
export function isPlain(description: SdpDescription | undefined): boolean {
  return takesNo(description, CPIM_TYPE);
}

/** Whether a description's IM line takes no case data: what changes need not be sent there. */
export function isWithoutCase(description: SdpDescription | undefined): boolean {
  return takesNo(description, CASE_TYPE);
}

function takesNo(description: SdpDescription | undefined, type: string): boolean {
  const line = description?.media.find(({ kind, port }) => kind === 'im' && port !== 0);
  return line !== undefined && !accepts(line, type);
}

/** The description in a body (an answer, say). */
export function descriptionOf(body: SipBody | undefined): SdpDescription | undefined {
  const sdp = partsOf(body).find((part) => typeOf(part) === SDP_TYPE);
  return sdp && decodeSdp(sdp.body);
}

/** Reads an invitation; what is malformed is left out. Only the first text and the first case data count. */
export function readInvitation(body: SipBody | undefined): InvitationContent {
  const parts = partsOf(body);
  const offer = descriptionOf(body);
  const lines = parts
    .filter((part) => [CPIM_TYPE, 'text/plain', CASE_TYPE].includes(typeOf(part)))
    .map((part) => readLine({ contentType: part.contentType, content: part.body }));
  const first = lines.find((line) => line.kind === 'text');
  const details = lines.find((line) => line.kind === 'case');
  return { offer, plain: isPlain(offer), ...(first ? { first } : {}), ...(details ? { caseData: details.caseData } : {}) };
}
