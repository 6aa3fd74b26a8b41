/**
 * sip.js's message objects, made from what the screen has read already. The same From, To and Contact come again and again: what was made of
 * them is remembered by (field, text). sip.js never changes a parsed value of a received message (requests and dialogs clone what they send), so the values are shared.
 */
import { IncomingRequestMessage, IncomingResponseMessage, NameAddrHeader } from 'sip.js/lib/core/index.js';
import { bodyOf, headerOf } from '../codecs/frame.js';
import { splitValue } from '../codecs/header.js';
import type { Verdict } from '../codecs/screen.js';
import { decodeCSeq } from '../codecs/screen-fields.js';
import { READERS, readUri } from './grammar.js';

type Passed = Extract<Verdict, { verdict: 'pass' }>;
type IncomingMessage = IncomingRequestMessage | IncomingResponseMessage;

/** Parsed values kept for each rule, and the longest text that is kept. */
const ENTRIES = 256;
const LONGEST = 512;

/** A parser of one rule that remembers; the value used longest ago goes first. */
export function remembered(parse: (text: string) => unknown, entries = ENTRIES): (text: string) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (text.length > LONGEST) return parse(text);
    const before = known.get(text);
    if (before !== undefined) {
      known.delete(text);
      known.set(text, before);
      return before;
    }
    const value = parse(text);
    if (value === undefined) return undefined;
    known.set(text, value);
    const oldest = known.size > entries ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return value;
  };
}

/** Fields that sip.js reads parsed, and how. Every other field is text for it. */
const PARSERS = new Map([...READERS].map(([name, read]) => [name, remembered(read)]));

/** Fields that hold several values in one line. */
const LISTS: ReadonlySet<string> = new Set(['contact', 'record-route']);

const uri = remembered(readUri) as typeof readUri;

const NAMES = new Map<string, string>();

/** sip.js's spelling of a header name, under which it keeps the field. */
function spelling(name: string): string {
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  const probe = new IncomingRequestMessage();
  probe.addHeader(name, '');
  const [spelt = name] = Object.keys(probe.headers);
  if (NAMES.size < ENTRIES) NAMES.set(name, spelt);
  return spelt;
}

/** Adds a field as if it had arrived. @param name in lower case @returns what sip.js will read of it */
export function addField(message: IncomingMessage, name: string, value: string): unknown {
  const raw = LISTS.has(name) ? (splitValue(value, ',') ?? [value]) : [value];
  const parse = PARSERS.get(name);
  const fields = raw.map((one) => ({ raw: one, parsed: parse?.(one) }));
  const key = spelling(name);
  const before = message.headers[key];
  if (before) before.push(...fields);
  else message.headers[key] = fields;
  return fields[0]?.parsed;
}

/** Branch of our Via or the sender's: it names the transaction. */
function branchOf(via: string): string {
  return /;[ \t]*branch[ \t]*=[ \t]*([^\s;,]+)/i.exec(via)?.[1] ?? '';
}

const SENT_BY = /^SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*\S+[ \t]+([^;]*)/i;

/** Methods that belong to the INVITE whose branch they have (RFC 3261, 9.1 and 17.1.1.3). */
const OF_INVITE: ReadonlySet<string> = new Set(['ACK', 'CANCEL']);

/**
 * What names the transaction that a request belongs to (RFC 3261, 17.2.3). sip.js goes by the branch alone, and so takes another sender's
 * request for one sent again, or anybody's CANCEL for the caller's. The Call-ID and the From tag are the same in whatever belongs together.
 */
function transactionOf(message: IncomingMessage, branch: string, via: string): string {
  const sender = (SENT_BY.exec(via)?.[1] ?? '').trim().toLowerCase();
  const method = OF_INVITE.has(message.method) ? 'INVITE' : message.method;
  return [branch, sender, method, message.callId, message.fromTag].join(' ');
}

/** Sets what sip.js reads as properties. @returns false where sip.js could not work with the message */
function setParties(message: IncomingMessage, passed: Passed): boolean {
  let from: unknown;
  let to: unknown;
  for (const { name, value } of passed.message.headers) {
    const parsed = addField(message, name, value);
    if (name === 'from') from = parsed;
    else if (name === 'to') to = parsed;
  }
  const cseq = decodeCSeq(headerOf(passed.message, 'cseq') ?? '');
  const via = headerOf(passed.message, 'via') ?? '';
  if (!(from instanceof NameAddrHeader) || !(to instanceof NameAddrHeader) || !cseq) return false;
  message.from = from;
  message.to = to;
  message.fromTag = from.getParam('tag') ?? '';
  message.toTag = to.getParam('tag') ?? '';
  message.callId = headerOf(passed.message, 'call-id') ?? '';
  message.cseq = cseq.number;
  message.method = cseq.method;
  const branch = branchOf(via);
  message.viaBranch = passed.line.kind === 'request' ? transactionOf(message, branch, via) : branch;
  return branch !== '';
}

/** Makes sip.js's object of a message that passed the screen; undefined where its parties cannot be read. */
export function toSipMessage(passed: Passed): IncomingMessage | undefined {
  const { line } = passed;
  const message = line.kind === 'request' ? new IncomingRequestMessage() : new IncomingResponseMessage();
  if (!setParties(message, passed)) return undefined;
  message.data = passed.text;
  message.body = bodyOf(passed.message);
  if (line.kind === 'request' && message instanceof IncomingRequestMessage) {
    message.ruri = uri(line.uri);
    return message.ruri ? message : undefined;
  }
  if (line.kind === 'response' && message instanceof IncomingResponseMessage) {
    message.statusCode = line.status;
    message.reasonPhrase = line.reasonPhrase;
  }
  return message;
}
