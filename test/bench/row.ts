/** One line of the bench table. */
export interface Row {
  readonly what: string;
  readonly ours: number;
  /** The peer's figure from the same run. */
  readonly peer?: number;
  /** ours / peer: below 1 is better than the peer. */
  readonly ratio?: number;
  readonly unit: string;
  readonly note?: string;
}

/** What a bench module exports. */
export interface Bench {
  readonly name: string;
  /** @param part only what is called so, where the bench has parts */
  run(part?: string): Promise<Row[]>;
}
