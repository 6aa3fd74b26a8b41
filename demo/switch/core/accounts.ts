/** Who exists on the switch: agents with credentials, and addresses that ring several of them. */
import { parseUri } from './uri.js';

/** One record of `demo/data/agents.json`, as far as a switch reads it. */
export interface Account {
  /** `sip:user@domain`. */
  readonly address: string;
  readonly name?: string | undefined;
  /** Digest user name; agents only. */
  readonly user?: string | undefined;
  /** Agents only. */
  readonly password?: string | undefined;
  /** Addresses of the agents that ring together; groups, skills, queues and routing points only. */
  readonly members?: readonly string[] | undefined;
}

/** An agent that can log in. */
export interface Agent {
  readonly user: string;
  readonly name: string;
  readonly password: string;
}

/** The accounts of one domain, looked up by the user part of the address. */
export class Accounts {
  readonly domain: string;
  readonly #agents = new Map<string, Agent>();
  readonly #groups = new Map<string, readonly string[]>();

  /** Records with neither a password nor members, or outside `domain`, are left out. */
  constructor(domain: string, records: Iterable<Account>) {
    this.domain = domain;
    for (const record of records) this.#add(record);
  }

  /** The agent of this user part. */
  agent(user: string): Agent | undefined {
    return this.#agents.get(user);
  }

  /** User parts of the members when `user` is a group, skill, queue or routing point. */
  members(user: string): readonly string[] | undefined {
    return this.#groups.get(user);
  }

  /** Every agent's user part, in the order of the records. */
  agentUsers(): string[] {
    return [...this.#agents.keys()];
  }

  /** The address of a user part here. */
  addressOf(user: string): string {
    return `sip:${user}@${this.domain}`;
  }

  /** The user part of an address here; undefined for another domain, or for no user. */
  userOf(address: string): string | undefined {
    const uri = parseUri(address);
    return uri?.host === this.domain ? uri.user : undefined;
  }

  #add(record: Account): void {
    const user = this.userOf(record.address);
    if (user === undefined) return;
    if (record.members !== undefined) {
      const members = record.members.map((address) => this.userOf(address)).filter((member) => member !== undefined);
      this.#groups.set(user, members);
    } else if (record.password !== undefined) {
      this.#agents.set(user, { user, name: record.name ?? user, password: record.password });
    }
  }
}
