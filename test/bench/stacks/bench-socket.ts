/** The WebSocket of the stacks that run in Node. */
import WebSocket from 'ws';

/** The WebSocket for every stack: one task for each message, as browsers do, and no compression. */
export class BenchSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols, { allowSynchronousEvents: false, perMessageDeflate: false });
  }
}
