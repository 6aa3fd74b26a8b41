/**
 * What passes between a framed Deskside page and the page around it. One envelope, versioned; both ends check origin, window and shape, and
 * count what they refuse. The wildcard origin is never used.
 */
import { ServiceError } from '../service-error.js';

/** Version of the protocol; messages of another are refused. */
export const HOST_PROTOCOL_VERSION = 1;

/** What the frame may ask of the page around it: a method of `HostAdapter`. */
export const HOST_METHODS = [
  'activeInteraction',
  'contact',
  'searchHistory',
  'callState',
  'callStates',
  'callAction',
  'notify',
  'setBadge',
  'resize',
  'reveal',
  'openRecord',
  'log',
] as const;

/** Name of such a method. */
export type HostMethod = (typeof HOST_METHODS)[number];

/** From the frame: hello, a request, or the end of one. */
export type FrameMessage =
  { kind: 'hello' } | { kind: 'request'; id: string; method: HostMethod; args: readonly unknown[] } | { kind: 'abort'; id: string };

/** From the host: its capabilities (also after every change), or an answer. */
export type HostMessage =
  | { kind: 'capabilities'; name: string; capabilities: unknown }
  | { kind: 'response'; id: string; ok: true; value: unknown }
  | { kind: 'response'; id: string; ok: false; message: string };

/** What actually travels. */
export type Envelope<M> = M & { ns: 'deskside'; v: number };

/** Wraps a message. */
export function seal<M extends object>(message: M): Envelope<M> {
  return { ...message, ns: 'deskside', v: HOST_PROTOCOL_VERSION };
}

/**
 * An exact origin, as `postMessage` wants it.
 * @throws ServiceError `configuration` on the wildcard, on `null`, and on anything that is no origin
 */
export function exactOrigin(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url && url.origin === origin && url.origin !== 'null') return origin;
  throw new ServiceError(
    'configuration',
    `"${origin}" is no exact origin. Give scheme, host and port of the other page, such as "https://crm.example".`,
  );
}

type Fields = Readonly<Record<string, unknown>>;

function envelope(data: unknown): Fields | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Fields;
  return fields['ns'] === 'deskside' && fields['v'] === HOST_PROTOCOL_VERSION ? fields : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 100;
}

/** Reads what a frame sent; undefined where it is none of the protocol's messages. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  const message = envelope(data);
  if (!message) return undefined;
  const { kind, id, method, args } = message;
  if (kind === 'hello') return { kind };
  if (kind === 'abort' && isId(id)) return { kind, id };
  const known = HOST_METHODS.find((name) => name === method);
  if (kind === 'request' && isId(id) && known && Array.isArray(args) && args.length <= 4) return { kind, id, method: known, args };
  return undefined;
}

/** Reads what a host sent. */
export function readHostMessage(data: unknown): HostMessage | undefined {
  const message = envelope(data);
  if (!message) return undefined;
  const { kind, id, name, capabilities, ok, value } = message;
  if (kind === 'capabilities' && typeof name === 'string') return { kind, name: name.slice(0, 100), capabilities };
  if (kind !== 'response' || !isId(id)) return undefined;
  if (ok === true) return { kind, id, ok, value };
  if (ok === false && typeof message['message'] === 'string') return { kind, id, ok, message: message['message'].slice(0, 500) };
  return undefined;
}
