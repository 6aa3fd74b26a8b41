/** What one in-dialog MESSAGE carries, written and read: a text, a typing notice, a receipt, changed case data. */
import type { CaseData } from '../../domain/interaction.js';
import type { Party } from '../../domain/party.js';
import { CASE_TYPE, decodeCaseData, encodeCaseData } from '../codecs/case-data.js';
import { decodeCpim, encodeCpim, type CpimMessage } from '../codecs/cpim.js';
import { decodeImdn, encodeImdn } from '../codecs/imdn.js';
import { decodeIsComposing, encodeIsComposing } from '../codecs/is-composing.js';
import { decodeMediaType } from '../codecs/media-type.js';
import { MESSAGE_LIMIT, messageText, utf8Length } from '../codecs/text.js';
import type { SipBody } from '../gateway.js';

/** Media types of an IM session. */
export const CPIM_TYPE = 'message/cpim';
const TEXT_TYPE = 'text/plain;charset=UTF-8';
const TYPING_TYPE = 'application/im-iscomposing+xml';
const IMDN_TYPE = 'message/imdn+xml';

/** Both ends, for CPIM's From and To. */
export interface Ends {
  readonly self: Party;
  readonly peer: Party;
}

/** A text of ours on its way. */
export interface OutgoingText {
  readonly id: string;
  readonly text: string;
  /** When it was written, wall-clock ms. */
  readonly at: number;
  /** Place among our texts in this session, from 1. */
  readonly seq: number;
}

/** A text of the peer's, as it came. */
export interface IncomingText {
  readonly kind: 'text';
  /** Absent from peers that know no CPIM. */
  readonly id?: string;
  readonly seq?: number;
  /** The sender's clock, wall-clock ms. */
  readonly sentAt?: number;
  readonly text: string;
  /** The sender asks to be told when it was read. */
  readonly wantsRead: boolean;
}

/** What a body holds; `refused` with the SIP status to answer. */
export type IncomingLine =
  | IncomingText
  | { readonly kind: 'typing'; readonly active: boolean; /** Seconds. */ readonly refresh: number }
  | { readonly kind: 'read'; readonly messageId: string }
  | { readonly kind: 'case'; readonly caseData: CaseData }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 };

function wrap(ends: Ends, message: Pick<CpimMessage, 'contentType' | 'body'> & Partial<CpimMessage>): SipBody {
  const from = { uri: ends.self.address, name: ends.self.name };
  const to = [{ uri: ends.peer.address, name: ends.peer.name }];
  return { contentType: CPIM_TYPE, content: encodeCpim({ from, to, ...message }) };
}

/** A text as CPIM, or plain toward peers that know none. */
export function textBody({ id, text, at, seq }: OutgoingText, ends: Ends, options: { plain: boolean; receipts: boolean }): SipBody {
  const body = messageText(text);
  if (options.plain) return { contentType: TEXT_TYPE, content: body };
  const notify = options.receipts ? ({ notify: ['display'] } as const) : {};
  return wrap(ends, { dateTime: at, messageId: id, seq, contentType: TEXT_TYPE, body, ...notify });
}

/** A typing notice (RFC 3994); `refresh` in seconds. */
export function typingBody(active: boolean, refresh: number): SipBody {
  return {
    contentType: TYPING_TYPE,
    content: encodeIsComposing({ state: active ? 'active' : 'idle', refresh, contentType: 'text/plain' }),
  };
}

/** Tells that a text was read (RFC 5438, 7.2). */
export function readBody(messageId: string, at: number, ends: Ends): SipBody {
  const content = encodeImdn({ kind: 'display', status: 'displayed', messageId, dateTime: at });
  return wrap(ends, { dateTime: at, contentType: IMDN_TYPE, body: content });
}

/** Changed case data. */
export function caseBody(caseData: CaseData): SipBody {
  return { contentType: CASE_TYPE, content: encodeCaseData(caseData).json };
}

const NOTHING: IncomingLine = { kind: 'nothing' };
const refused = (status: 400 | 413 | 415): IncomingLine => ({ kind: 'refused', status });

function readText(content: string, cpim: CpimMessage | undefined): IncomingLine {
  if (utf8Length(content) > MESSAGE_LIMIT) return refused(413);
  const { messageId, seq, dateTime, notify } = cpim ?? {};
  return {
    kind: 'text',
    text: messageText(content),
    wantsRead: notify?.includes('display') ?? false,
    ...(messageId ? { id: messageId } : {}),
    ...(seq === undefined ? {} : { seq }),
    ...(dateTime === undefined ? {} : { sentAt: dateTime }),
  };
}

function readTyping(content: string): IncomingLine {
  const typing = decodeIsComposing(content);
  return typing ? { kind: 'typing', active: typing.state === 'active', refresh: typing.refresh } : refused(400);
}

/** A receipt of another kind than "displayed" says nothing that the 200 did not. */
function readImdn(content: string): IncomingLine {
  const imdn = decodeImdn(content);
  if (!imdn) return refused(400);
  return imdn.kind === 'display' && imdn.status === 'displayed' ? { kind: 'read', messageId: imdn.messageId } : NOTHING;
}

function readCase(content: string): IncomingLine {
  const decoded = decodeCaseData(content);
  if (decoded.ok) return { kind: 'case', caseData: decoded.value };
  return refused(decoded.fault === 'too-large' ? 413 : 400);
}

const READERS: Readonly<Record<string, (content: string, cpim: CpimMessage | undefined) => IncomingLine>> = {
  'text/plain': readText,
  [TYPING_TYPE]: readTyping,
  [IMDN_TYPE]: readImdn,
  [CASE_TYPE]: readCase,
};

function readTyped(contentType: string, content: string, cpim?: CpimMessage): IncomingLine {
  const type = decodeMediaType(contentType)?.value ?? '';
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read ? read(content, cpim) : refused(415);
}

/** Reads a body; never throws. CPIM is opened once: what is inside is not CPIM again. */
export function readLine(body: SipBody | undefined): IncomingLine {
  if (!body || body.content === '') return NOTHING;
  if (decodeMediaType(body.contentType)?.value !== CPIM_TYPE) return readTyped(body.contentType, body.content);
  const cpim = decodeCpim(body.content);
  return cpim ? readTyped(cpim.contentType, cpim.body, cpim) : refused(400);
}
