/**
 * The sound of one call: a leg for each dialog that it goes over, or is about to. What a tab tells of a leg whose dialog is not there yet (the way is open
 * before the ACK has come) stays with the leg.
 */
import type { Call } from '../../domain/call.js';
import type { MediaNews } from '../../domain/call-media.js';
import type { EngineContext } from '../engine-part.js';
import { MediaLeg } from './media-leg.js';

/** See the head of the file. */
export class CallLegs {
  readonly #context: EngineContext;
  readonly #id: string;
  #newest: MediaLeg | undefined;

  constructor(context: EngineContext, callId: string) {
    this.#context = context;
    this.#id = callId;
  }

  /** Sound for another dialog of this call. */
  make(call: Call | undefined): MediaLeg {
    const { environment, media } = this.#context.host;
    // A call that this page did not begin has sound already, under a name of its own.
    const isFirst = !this.#newest && call?.dialog === undefined;
    const mediaId = isFirst ? this.#id : `${this.#id}/${environment.randomId()}`;
    return (this.#newest = new MediaLeg(media, mediaId, call?.tab));
  }

  /** The leg that the news are of: the one in use, or the one last made. Others are no matter of the call any more. */
  meant({ mediaId, way }: MediaNews, inUse: MediaLeg | undefined): MediaLeg | undefined {
    const leg = [inUse, this.#newest].find((one) => one?.id === mediaId);
    if (leg && way) leg.way = way;
    return leg;
  }
}
