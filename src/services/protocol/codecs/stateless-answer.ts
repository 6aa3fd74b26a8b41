/** A final answer that needs no transaction (RFC 3261, 8.2.6 and 8.2.7): for requests that sip.js must never see. */
import { encodeFrame, type Frame, type HeaderField } from './frame.js';
import { headerText } from './header.js';

/** What the answer copies from the request, in this order. */
const COPIED: readonly string[] = ['via', 'record-route', 'from', 'to', 'call-id', 'cseq', 'timestamp'];
const TAGGED = /;[ \t]*tag[ \t]*=/i;

/** A tag that is the same for every retransmission of one request (8.2.7 asks for it): FNV-1a over the fields that identify it. */
function tagFor(frame: Frame): string {
  let hash = 0x811c9dc5;
  for (const { name, value } of frame.headers) {
    if (name !== 'call-id' && name !== 'cseq' && name !== 'via') continue;
    for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The header fields copied from the request; To gets a tag where it has none. Single fields are copied once. */
function copiedFrom(frame: Frame): HeaderField[] {
  return COPIED.flatMap((name) => {
    const all = frame.headers.filter((field) => field.name === name);
    if (name === 'via' || name === 'record-route') return all;
    const first = all.slice(0, 1);
    if (name !== 'to') return first;
    return first.map(({ value }) => ({ name, value: TAGGED.test(value) ? value : `${value};tag=${tagFor(frame)}` }));
  });
}

/**
 * The text of the answer to a request, without a body.
 * @returns undefined where the request has no Via: nobody would know where to send it.
 */
export function statelessAnswer(frame: Frame, status: number, reasonPhrase: string, headers: readonly HeaderField[] = []): string | undefined {
  const copied = copiedFrom(frame);
  if (copied[0]?.name !== 'via') return undefined;
  const own = [...headers, { name: 'content-length', value: '0' }];
  return encodeFrame(`SIP/2.0 ${status} ${headerText(reasonPhrase, 100)}`, [...copied, ...own], '');
}
