/** What the screen must say to each message that RFC 4475 and RFC 5118 print; docs/torture.md tells why. */

/** `pass`, `drop`, or the status code of the answer. */
export type Expected = 'pass' | 'drop' | number;

/** File name to verdict. */
export const TORTURE: Readonly<Record<string, Expected>> = {
  'rfc4475/wsinv.dat': 'pass',
  'rfc4475/intmeth.dat': 501,
  'rfc4475/esc01.dat': 'pass',
  'rfc4475/escnull.dat': 'pass',
  'rfc4475/esc02.dat': 501,
  'rfc4475/lwsdisp.dat': 'pass',
  'rfc4475/longreq.dat': 'pass',
  'rfc4475/dblreq.dat': 'pass',
  'rfc4475/semiuri.dat': 'pass',
  'rfc4475/transports.dat': 'pass',
  'rfc4475/mpart01.dat': 415,
  'rfc4475/unreason.dat': 'pass',
  'rfc4475/noreason.dat': 'pass',
  'rfc4475/badinv01.dat': 400,
  'rfc4475/clerr.dat': 400,
  'rfc4475/ncl.dat': 400,
  'rfc4475/scalar02.dat': 400,
  'rfc4475/scalarlg.dat': 'drop',
  'rfc4475/quotbal.dat': 400,
  'rfc4475/ltgtruri.dat': 400,
  'rfc4475/lwsruri.dat': 400,
  'rfc4475/lwsstart.dat': 400,
  'rfc4475/trws.dat': 400,
  'rfc4475/escruri.dat': 400,
  'rfc4475/baddate.dat': 'pass',
  'rfc4475/regbadct.dat': 400,
  'rfc4475/badaspec.dat': 400,
  'rfc4475/baddn.dat': 400,
  'rfc4475/badvers.dat': 505,
  'rfc4475/mismatch01.dat': 400,
  'rfc4475/mismatch02.dat': 400,
  'rfc4475/bigcode.dat': 'drop',
  'rfc4475/badbranch.dat': 400,
  'rfc4475/insuf.dat': 400,
  'rfc4475/unkscm.dat': 416,
  'rfc4475/novelsc.dat': 416,
  'rfc4475/unksm2.dat': 400,
  'rfc4475/bext01.dat': 420,
  'rfc4475/invut.dat': 415,
  'rfc4475/regaut01.dat': 'pass',
  'rfc4475/multi01.dat': 400,
  'rfc4475/mcl01.dat': 400,
  'rfc4475/bcast.dat': 'drop',
  'rfc4475/zeromf.dat': 'pass',
  'rfc4475/cparam01.dat': 'pass',
  'rfc4475/cparam02.dat': 'pass',
  'rfc4475/regescrt.dat': 'pass',
  'rfc4475/sdp01.dat': 406,
  'rfc4475/inv2543.dat': 400,
  'rfc5118/ipv6-good': 'pass',
  'rfc5118/ipv6-bad': 400,
  'rfc5118/port-ambiguous': 'pass',
  'rfc5118/port-unambiguous': 'pass',
  'rfc5118/via-received-param-with-delim': 'pass',
  'rfc5118/via-received-param-no-delim': 'pass',
  'rfc5118/ipv6-in-sdp': 'pass',
  'rfc5118/mult-ip-in-header': 'pass',
  'rfc5118/mult-ip-in-sdp': 'pass',
  'rfc5118/ipv4-mapped-ipv6': 'pass',
  'rfc5118/ipv6-bug-abnf-3-colons': 'pass',
  'rfc5118/ipv6-correct-abnf-2-colons': 'pass',
};

/** Final status that the page answers with, or `nothing`. */
export type Answer = number | 'nothing';

/**
 * What the whole page answers to those that pass the screen: as printed, which is to somebody else (RFC 3261, 8.2.2.1), and with its own
 * address in the Request-URI. An invitation is refused because its caller is of a foreign domain.
 */
const AT_THE_PAGE: Readonly<Record<string, readonly [printed: Answer, addressed?: Answer]>> = {
  'rfc4475/wsinv.dat': [404, 481],
  'rfc4475/esc01.dat': [404, 403],
  'rfc4475/escnull.dat': [404, 405],
  'rfc4475/lwsdisp.dat': [404, 200],
  'rfc4475/longreq.dat': [404, 403],
  'rfc4475/dblreq.dat': [404, 405],
  'rfc4475/semiuri.dat': [404, 200],
  'rfc4475/transports.dat': [404, 200],
  'rfc4475/unreason.dat': ['nothing'],
  'rfc4475/noreason.dat': ['nothing'],
  'rfc4475/baddate.dat': [404, 403],
  'rfc4475/regaut01.dat': [404, 405],
  'rfc4475/zeromf.dat': [404, 200],
  'rfc4475/cparam01.dat': [404, 405],
  'rfc4475/cparam02.dat': [404, 405],
  'rfc4475/regescrt.dat': [404, 405],
  'rfc5118/ipv6-good': [404, 405],
  'rfc5118/port-ambiguous': [404, 405],
  'rfc5118/port-unambiguous': [404, 405],
  'rfc5118/via-received-param-with-delim': [404, 481],
  'rfc5118/via-received-param-no-delim': [404, 200],
  'rfc5118/ipv6-in-sdp': [404, 403],
  'rfc5118/mult-ip-in-header': [404, 481],
  'rfc5118/mult-ip-in-sdp': [404, 403],
  'rfc5118/ipv4-mapped-ipv6': [404, 403],
  'rfc5118/ipv6-bug-abnf-3-colons': [404, 200],
  'rfc5118/ipv6-correct-abnf-2-colons': [404, 200],
};

/** What the whole page answers to one of them, as printed and as addressed to it; what the screen refuses, it refuses in both. */
export function answersOfPage(file: string): readonly [printed: Answer, addressed?: Answer] {
  const verdict = TORTURE[file] ?? 'drop';
  if (verdict === 'pass') return AT_THE_PAGE[file] ?? ['nothing'];
  return [verdict === 'drop' ? 'nothing' : verdict];
}
