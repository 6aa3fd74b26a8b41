/** The subscriptions that a board has. */
import type { Feed } from './feed.js';

/** See the head of the file. */
export class Feeds extends Set<Feed> {
  get hasList(): boolean {
    return [...this].some((feed) => feed.isList);
  }

  /** Addresses that one of them tells of. */
  covered(): ReadonlySet<string> {
    const covered = new Set<string>();
    for (const feed of this) for (const address of feed.covered()) covered.add(address);
    return covered;
  }

  /** How many have not been heard of yet. */
  tried(): number {
    return [...this].filter((feed) => !feed.isSettled).length;
  }

  /** How many lists have not been heard of yet. */
  triedLists(): number {
    return [...this].filter((feed) => feed.isList && !feed.isSettled).length;
  }

  /** Ends all of them. */
  close(): void {
    for (const feed of this) feed.close();
    this.clear();
  }
}
