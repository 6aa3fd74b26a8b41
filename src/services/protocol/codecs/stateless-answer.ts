/** A final answer that needs no transaction (RFC 3261, 8.2.6 and 8.2.7): for requests that sip.js must never see. */
import { fingerprint } from './fingerprint.js';
import { encodeFrame, type Frame, type HeaderField } from './frame.js';
import { headerText } from './header.js';

/** What the answer copies from the request, in this order. */
const COPIED: readonly string[] = ['via', 'record-route', 'from', 'to', 'call-id', 'cseq', 'timestamp'];
const TAGGED = /;[ \t]*tag[ \t]*=/i;

/** The header fields copied from the request; To gets a tag where it has none, always the same one (8.2.7). Single fields are copied once. */
function copiedFrom(frame: Frame): HeaderField[] {
  return COPIED.flatMap((name) => {
    const all = frame.headers.filter((field) => field.name === name);
    if (name === 'via' || name === 'record-route') return all;
    const first = all.slice(0, 1);
    if (name !== 'to') return first;
    return first.map(({ value }) => ({
      name,
      value: TAGGED.test(value) ? value : `${value};tag=${fingerprint(frame.headers, ['via', 'call-id', 'cseq'])}`,
    }));
  });
}

/**
 * The text of the answer to a request, without a body.
 * @returns undefined where the request has no Via: nobody would know where to send it.
 */
export function statelessAnswer(
  frame: Frame,
  status: number,
  reasonPhrase: string,
  headers: readonly HeaderField[] = [],
): string | undefined {
  const copied = copiedFrom(frame);
  if (copied[0]?.name !== 'via') return undefined;
  const own = [...headers, { name: 'content-length', value: '0' }];
  return encodeFrame(`SIP/2.0 ${status} ${headerText(reasonPhrase, 100)}`, [...copied, ...own], '');
}
