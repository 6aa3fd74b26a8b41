/** Why something ended or was refused: Reason (RFC 3326) and Warning (RFC 3261, 20.43). */
import { endOfQuoted, headerText, isToken, parseParameters, quoted, splitValue, unquoted } from './header.js';

/** One value of a Reason header. */
export interface Reason {
  /** `SIP`, `Q.850` or another. */
  readonly protocol: string;
  /** SIP status code or Q.850 cause. */
  readonly cause?: number;
  readonly text?: string;
}

/** One value of a Warning header. */
export interface Warning {
  /** Three digits; 399 where nothing else fits. */
  readonly code: number;
  readonly agent: string;
  readonly text: string;
}

const WARNING = /^(\d{3}) +(\S+) +"/;

/** Value of a Reason header, such as `SIP;cause=200;text="End IM"`. */
export function encodeReason(reason: Reason): string {
  const protocol = isToken(reason.protocol) ? reason.protocol : 'SIP';
  const cause = Number.isInteger(reason.cause) ? `;cause=${reason.cause}` : '';
  const text = reason.text === undefined ? '' : `;text=${quoted(reason.text, 200)}`;
  return `${protocol}${cause}${text}`;
}

function readReason(value: string): Reason | undefined {
  const semicolon = value.indexOf(';');
  const protocol = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  const parameters = semicolon < 0 ? new Map<string, string>() : parseParameters(value.slice(semicolon + 1));
  if (!isToken(protocol) || !parameters) return undefined;
  const cause = parameters.get('cause');
  const text = parameters.get('text');
  return {
    protocol,
    ...(cause !== undefined && /^\d{1,3}$/.test(cause) ? { cause: Number(cause) } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

/** Reads the value of a Reason header; what cannot be read is left out. */
export function decodeReason(value: string): Reason[] {
  return (splitValue(value, ',') ?? []).flatMap((part) => readReason(part) ?? []);
}

/** Value of a Warning header. */
export function encodeWarning(warning: Warning): string {
  const code = warning.code >= 100 && warning.code <= 999 ? Math.trunc(warning.code) : 399;
  return `${code} ${headerText(warning.agent, 100).replace(/[\s",]+/g, '') || '-'} ${quoted(warning.text, 200)}`;
}

/** Reads the value of a Warning header; what cannot be read is left out. */
export function decodeWarning(value: string): Warning[] {
  return (splitValue(value, ',') ?? []).flatMap((part) => {
    const match = WARNING.exec(part);
    if (!match) return [];
    const start = match[0].length - 1;
    if (endOfQuoted(part, start) !== part.length) return [];
    return { code: Number(match[1]), agent: match[2] ?? '', text: unquoted(part.slice(start)) };
  });
}
