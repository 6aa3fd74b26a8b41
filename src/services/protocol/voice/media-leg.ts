/** The sound under one dialog of a call, wherever its tab is. A call that goes on over another dialog gets another. */
import type { MediaNews, MediaPort, MediaReply, MediaRequest } from '../../domain/call-media.js';
import { ServiceError } from '../../service-error.js';
import { decodeMultipart } from '../codecs/multipart.js';
import type { SipBody } from '../gateway.js';

/** Media type of a session description (RFC 4566). */
const SDP = 'application/sdp';

/** A body that carries a description. */
export function sdpBody(sdp: string): SipBody {
  return { contentType: SDP, content: sdp };
}

/** The description in a body; the browser reads it. */
export function sdpOf(body: SipBody | undefined): string | undefined {
  if (!body) return undefined;
  const isSdp = (type: string): boolean => type.split(';', 1)[0]?.trim().toLowerCase() === SDP;
  if (isSdp(body.contentType)) return body.content;
  return decodeMultipart(body.contentType, body.content)?.find((part) => isSdp(part.contentType))?.body;
}

/** See the head of the file. */
export class MediaLeg {
  readonly id: string;
  /** What its tab told last of the way for sound. */
  way: MediaNews['way'];
  readonly #port: MediaPort | undefined;
  readonly #tab: string | undefined;

  constructor(port: MediaPort | undefined, id: string, tab: string | undefined) {
    this.#port = port;
    this.id = id;
    this.#tab = tab;
  }

  /** @throws ServiceError `media` */
  async ask(request: MediaRequest): Promise<MediaReply> {
    if (!this.#port) throw new ServiceError('media', 'Calls need a page that is served over https, and a browser with WebRTC.');
    return this.#port.ask({ mediaId: this.id, ...(this.#tab ? { tab: this.#tab } : {}) }, request);
  }

  /** Ends it, whatever became of it. */
  close(): void {
    void this.ask({ type: 'close' }).catch(() => undefined);
  }
}
