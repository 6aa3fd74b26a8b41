/** Two agents of one SIP stack, as the benchmark sees them. */

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

/** Makes a pair on a switch; `onText` hears each text that the receiver gets. */
export type MakePair = (url: string, sender: BenchAccount, receiver: BenchAccount, onText?: (text: string) => void) => Promise<Pair>;

/** @throws where a message was not delivered: a figure of failures is worth nothing */
export function mustBe200(stack: string, status: number | undefined): void {
  if (status !== 200) throw new Error(`${stack}: a message was answered ${status}, not 200.`);
}
