/** Request line and status line (RFC 3261, 7.1 and 7.2). */

/** A request line. */
export interface RequestLine {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

/** A status line. */
export interface StatusLine {
  readonly kind: 'response';
  /** 100 to 699. */
  readonly status: number;
  readonly reasonPhrase: string;
}

/** What is wrong with a start line, and what an answer to it would be; no status where none may be sent. */
export interface StartLineFault {
  readonly kind: 'fault';
  readonly reason: string;
  readonly status?: 400 | 505;
}

const REQUEST = /^([A-Za-z0-9\-.!%*_+`'~]+) (\S+) SIP\/2\.0$/;
const LIKE_REQUEST = /[ \t]SIP\/(\d+)\.(\d+)[ \t]*$/i;
const STATUS = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/;

/** Reads a start line. Only SIP/2.0 is spoken; single spaces, nothing else around. */
export function decodeStartLine(line: string): RequestLine | StatusLine | StartLineFault {
  const request = REQUEST.exec(line);
  if (request) return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '' };
  if (/^SIP\//i.test(line)) {
    const status = STATUS.exec(line);
    if (!status) return { kind: 'fault', reason: 'malformed status line' };
    return { kind: 'response', status: Number(status[1]), reasonPhrase: status[2] ?? '' };
  }
  const like = LIKE_REQUEST.exec(line);
  if (!like) return { kind: 'fault', reason: 'not SIP' };
  if (like[1] !== '2' || like[2] !== '0') return { kind: 'fault', reason: 'Version Not Supported', status: 505 };
  return { kind: 'fault', reason: 'Malformed Request-Line', status: 400 };
}
