/** Two agents of one SIP stack, as the benchmark sees them. */
import WebSocket from 'ws';

/** Two agents who are registered. */
export interface Pair {
  readonly stack: string;
  /** Sends one message inside a dialog; resolves with the 200. Absent where the stack cannot make such a dialog without WebRTC. */
  inDialog?(text: string): Promise<void>;
  /** Sends one message outside any dialog; resolves with the 200. */
  page(text: string): Promise<void>;
  close(): Promise<void>;
}

/** An account of the demo data. */
export interface BenchAccount {
  readonly address: string;
  readonly name: string;
  readonly user: string;
  readonly password: string;
}

/** Makes a pair on a switch. */
export type MakePair = (url: string, sender: BenchAccount, receiver: BenchAccount) => Promise<Pair>;

/** The WebSocket for every stack: one task for each message, as browsers do, and no compression. */
export class BenchSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols, { allowSynchronousEvents: false, perMessageDeflate: false });
  }
}

/** @throws where a message was not delivered: a figure of failures is worth nothing */
export function mustBe200(stack: string, status: number | undefined): void {
  if (status !== 200) throw new Error(`${stack}: a message was answered ${status}, not 200.`);
}
