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

/** Makes a pair on a switch. */
export type MakePair = (url: string, sender: BenchAccount, receiver: BenchAccount) => Promise<Pair>;

/** One agent who takes part until `close`. */
export interface Agent {
  close(): Promise<void>;
}

/** The agent of a pair who writes. */
export type Writer = Agent & Pick<Pair, 'inDialog' | 'page'>;

/** A stack whose two agents can be in different places. */
export interface Stack {
  /** The agent who is written to; `onText` hears each text. */
  receive(url: string, receiver: BenchAccount, onText?: (text: string) => void): Promise<Agent>;
  /** The agent who writes to `receiver`, who is there already. */
  write(url: string, sender: BenchAccount, receiver: BenchAccount): Promise<Writer>;
}

/** Both agents of a stack in one place. */
export function pairOf(stack: string, { receive, write }: Stack): MakePair {
  return async (url, sender, receiver) => {
    const other = await receive(url, receiver);
    const one = await write(url, sender, receiver);
    const close = async (): Promise<void> => {
      await one.close();
      await other.close();
    };
    return { ...one, stack, close };
  };
}

/** @throws where a message was not delivered: a figure of failures is worth nothing */
export function mustBe200(stack: string, status: number | undefined): void {
  if (status !== 200) throw new Error(`${stack}: a message was answered ${status}, not 200.`);
}
