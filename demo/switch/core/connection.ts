/** One client's connection to the switch. */

/** What carries frames to a client: a WebSocket, or memory. Neither method may throw. */
export interface Link {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
}

/** What the switch keeps of a connection. */
export class Connection {
  /** Unguessable; also stands in contacts as the flow token (`;alias=`). */
  readonly id: string;
  /** User part of the agent who registered here; every request on this connection is theirs. */
  user: string | undefined;
  readonly #link: Link;
  #open = true;

  constructor(id: string, link: Link) {
    this.id = id;
    this.#link = link;
  }

  /** False once the client is gone. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends a frame; into nowhere when the client is gone. */
  send(frame: string): void {
    if (this.#open) this.#link.send(frame);
  }

  /** Closes from the switch's side (WebSocket close code). */
  close(code: number, reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#link.close(code, reason);
  }

  /** The client is gone. */
  gone(): void {
    this.#open = false;
  }
}
