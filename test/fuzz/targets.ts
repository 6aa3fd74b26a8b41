/** What is fuzzed: each decoder with well-formed samples, and what must hold for whatever it makes of a mutant. */
import { decodeCaseData, encodeCaseData } from '../../src/services/protocol/codecs/case-data.js';
import { decodeCpim, encodeCpim } from '../../src/services/protocol/codecs/cpim.js';
import { decodeChallenge } from '../../src/services/protocol/codecs/digest.js';
import { decodeImdn, encodeImdn } from '../../src/services/protocol/codecs/imdn.js';
import { decodeSdp, encodeImAnswer, encodeImOffer, kindOfSdp } from '../../src/services/protocol/codecs/im-sdp.js';
import { decodeIsComposing, encodeIsComposing } from '../../src/services/protocol/codecs/is-composing.js';
import { decodeMultipart, encodeMultipart } from '../../src/services/protocol/codecs/multipart.js';
import { decodeNameAddrList } from '../../src/services/protocol/codecs/name-addr.js';
import { encodePidf } from '../../src/services/protocol/codecs/pidf.js';
import { decodePidf } from '../../src/services/protocol/codecs/pidf-read.js';
import { decodeReason, decodeWarning } from '../../src/services/protocol/codecs/reason.js';
import { decodeResourceList, encodeResourceList } from '../../src/services/protocol/codecs/resource-lists.js';
import { decodeListNotification, encodeListNotification } from '../../src/services/protocol/codecs/rlmi.js';
import { screen } from '../../src/services/protocol/codecs/screen.js';
import { CPIM_SAMPLE, SDP_SAMPLE, SIP_SAMPLES } from './sip-samples.js';
import { TAB_SAMPLES } from './tab-samples.js';
import { mutateMessage, readTabs } from './tabs.js';

/** One decoder under fuzz. */
export interface FuzzTarget {
  readonly name: string;
  /** Share of all mutants. */
  readonly weight: number;
  readonly samples: readonly string[];
  /** Makes a mutant; `mutate` where left out. */
  readonly mutate?: (sample: string, random: () => number) => string;
  /** Reads the mutant; throws where a promise of the codec is broken. */
  readonly read: (mutant: string) => void;
}

/** As JSON, with the members in order. */
function canonical(value: unknown): string {
  const ordered = (_: string, one: unknown): unknown =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one;
  return JSON.stringify({ value }, ordered);
}

/** Fails unless both are the same as JSON. */
function same(a: unknown, b: unknown, what: string): void {
  if (canonical(a) !== canonical(b)) throw new Error(`${what}: ${canonical(a)} became ${canonical(b)}`);
}

/** What a decoder took must come back from its encoder. */
function comesBack<T>(decode: (text: string) => T | undefined, encode: (value: T) => string): (mutant: string) => void {
  return (mutant) => {
    const value = decode(mutant);
    if (value !== undefined) same(value, decode(encode(value)), 'read, written and read again');
  };
}

/** A multipart's Content-Type and body as one text, so that both are mutated. */
function split(read: (contentType: string, body: string) => void): (mutant: string) => void {
  return (mutant) => {
    const end = mutant.indexOf('\n\n');
    read(mutant.slice(0, Math.max(end, 0)), mutant.slice(end + 2));
  };
}
const joined = ({ contentType, body }: { contentType: string; body: string }): string => `${contentType}\n\n${body}`;

const PARTS = encodeMultipart([
  { contentType: 'application/sdp', disposition: 'session', body: SDP_SAMPLE },
  { contentType: 'message/cpim', contentId: 'a@b', body: CPIM_SAMPLE },
]);
const PIDF = encodePidf({
  entity: 'sip:kate@deskside.test',
  device: 'd1',
  channels: { im: { state: 'not-ready', reason: 'Lunch', since: 1e12 }, voice: { state: 'busy' } },
});
const LIST = encodeListNotification({
  uri: 'sip:team@deskside.test',
  version: 1,
  fullState: true,
  resources: [{ uri: 'sip:kate@deskside.test', state: 'active', document: { contentType: 'application/pidf+xml', body: PIDF } }],
});
const CASE = encodeCaseData({
  seq: 1,
  interaction: { id: 'i', media: 'voice', label: 'Call' },
  contact: { ref: 'c', fields: [{ key: 'n', label: 'Name', value: 'Max' }] },
  data: [{ key: 'k', label: 'Key', value: 'välue 😀', cut: true }],
}).json;

/** What passed the screen passes again, untouched; what is answered or dropped stays so. */
function readScreen(mutant: string): void {
  const verdict = screen(mutant);
  if (verdict.verdict === 'respond') {
    const answer = screen(verdict.answer);
    if (answer.verdict === 'respond') throw new Error('an answer to an answer');
    if (!verdict.answer.startsWith(`SIP/2.0 ${verdict.status} `)) throw new Error('no status line');
  }
  if (verdict.verdict !== 'pass') return;
  const again = screen(verdict.text);
  if (again.verdict !== 'pass' || again.text !== verdict.text) throw new Error(`passed, then ${again.verdict}`);
}

function readParts(contentType: string, body: string): void {
  for (const part of decodeMultipart(contentType, body) ?? []) decodeCpim(part.body);
}

function readList(contentType: string, body: string): void {
  for (const { document } of decodeListNotification(contentType, body)?.resources ?? []) if (document) decodePidf(document.body);
}

/** Whatever the offer, the answer is an IM; whatever the address, the offer is one. */
function readSdp(mutant: string): void {
  const own = { address: mutant, sessionId: 1 };
  const offer = decodeSdp(mutant);
  const answer = offer && encodeImAnswer(offer, own);
  for (const ours of [encodeImOffer(own), ...(answer === undefined ? [] : [answer])]) {
    if (kindOfSdp(decodeSdp(ours)) !== 'im') throw new Error('a description of ours that is no IM');
  }
}

function readCase(mutant: string): void {
  const read = decodeCaseData(mutant);
  if (read.ok && !decodeCaseData(encodeCaseData(read.value).json).ok) throw new Error('what was read cannot be written');
}

function readHeaderValue(mutant: string): void {
  decodeNameAddrList(mutant);
  decodeReason(mutant);
  decodeWarning(mutant);
  decodeChallenge(mutant);
}

const HEADER_VALUES = [
  '"Kate \\"K\\" Lewis" <sip:kate@deskside.test;x=y>;tag=1, Bo <sip:b@c>',
  'SIP;cause=200;text="End IM", Q.850;cause=16',
  '399 deskside "no right"',
  'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth,auth-int"',
];
const DISPLAYED = encodeImdn({ kind: 'display', status: 'displayed', messageId: 'a1', dateTime: 1e12 });
const TYPING = encodeIsComposing({ state: 'active', refresh: 60, contentType: 'text/plain' });
const ENTRIES = encodeResourceList([{ uri: 'sip:a@b', displayName: 'A' }]);
const TWO_MORE_LINES = `${SDP_SAMPLE}m=audio 1 RTP/AVP 0\r\nm=x-ms-message 5060 sip null\r\n`;

/** Every codec. */
export const TARGETS: readonly FuzzTarget[] = [
  { name: 'screen', weight: 34, samples: SIP_SAMPLES.map((make) => make()), read: readScreen },
  { name: 'multipart', weight: 8, samples: [joined(PARTS)], read: split(readParts) },
  { name: 'cpim', weight: 12, samples: [CPIM_SAMPLE], read: comesBack(decodeCpim, encodeCpim) },
  { name: 'imdn', weight: 4, samples: [DISPLAYED], read: comesBack(decodeImdn, encodeImdn) },
  { name: 'is-composing', weight: 4, samples: [TYPING], read: comesBack(decodeIsComposing, encodeIsComposing) },
  { name: 'pidf', weight: 6, samples: [PIDF], read: (mutant): void => void decodePidf(mutant) },
  { name: 'rlmi', weight: 4, samples: [joined(LIST)], read: split(readList) },
  { name: 'resource-lists', weight: 2, samples: [ENTRIES], read: comesBack(decodeResourceList, encodeResourceList) },
  { name: 'sdp', weight: 6, samples: [SDP_SAMPLE, TWO_MORE_LINES], read: readSdp },
  { name: 'case-data', weight: 6, samples: [CASE], read: readCase },
  { name: 'header values', weight: 6, samples: HEADER_VALUES, read: readHeaderValue },
  { name: 'tab messages', weight: 8, samples: TAB_SAMPLES, mutate: mutateMessage, read: readTabs },
];
