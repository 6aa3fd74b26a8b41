/**
 * A small SIP switch for demonstrations and tests: registrar, forking proxy, presence server. It keeps everything in memory,
 * knows reliable transports only, and has no transport of its own: `connect` takes whatever carries frames. Not for production.
 */
import { Accounts, type Account } from './accounts.js';
import { Bindings } from './bindings.js';
import { Connection, type Link } from './connection.js';
import type { DigestAlgorithm } from './digest.js';
import { Dispatcher } from './dispatcher.js';
import type { ForkTiming } from './fork.js';
import { Presence } from './presence/presence.js';
import { Timers, type TimerSource } from './timers.js';
import { Transactions } from './transactions.js';

export type { Account } from './accounts.js';
export type { Link } from './connection.js';
export type { DigestAlgorithm } from './digest.js';
export type { ForkTiming } from './fork.js';

/** Settings that have good defaults. */
export interface SwitchOptions {
  /** Digest algorithms offered, most preferred first. Default MD5 only, as sip.js knows no other. */
  readonly algorithms: readonly DigestAlgorithm[];
  /** How long a digest nonce is good for, ms. Default 300,000. */
  readonly nonceLifetime: number;
  /** Bounds of a registration, seconds. Defaults 5 and 3,600; what a client asks beyond is cut. */
  readonly minExpires: number;
  readonly maxExpires: number;
  /** Devices per agent. Default 10. */
  readonly maxContacts: number;
  /** Longest SIP message, bytes of UTF-8; above it 513. Default 49,152. */
  readonly maxMessageBytes: number;
  /** User part of the address whose presence list is every agent. Default `team`. */
  readonly everyone: string;
  /** Presence changes within this time go into one list notification, ms. Default 100. */
  readonly listDelay: number;
  /** How long the proxy waits, ms. */
  readonly timing: Partial<ForkTiming>;
}

/** What a switch is made of. Timers and clock are injected, so that tests can run them fast. */
export interface SwitchConfiguration extends TimerSource {
  readonly domain: string;
  readonly accounts: Iterable<Account>;
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Unguessable, without white space or separators of SIP. */
  readonly randomId: () => string;
  readonly options?: Partial<SwitchOptions>;
}

/** The client's end of a connection, for the transport to call. */
export interface ConnectionPort {
  /** A frame came from the client. Never throws. */
  receive(frame: string): void;
  /** The client is gone. */
  closed(): void;
}

/** A running switch. */
export interface Switch {
  readonly domain: string;
  /** A client connected; `link` carries frames to it. */
  connect(link: Link): ConnectionPort;
  /** Closes every connection (1001 unless told otherwise) and forgets everything; the switch can then be connected to afresh, as after a restart. */
  stop(code?: number, reason?: string): void;
  /** Publishes for an agent who is not here, as a device of theirs would have: crowds for demonstrations and measurements. */
  publish(user: string, document: string): void;
  /** Devices of an agent that are registered now. */
  devices(user: string): number;
  /** What is held in memory, for leak tests. */
  readonly counts: { readonly connections: number; readonly transactions: number; readonly subscriptions: number; readonly timers: number };
}

const DEFAULTS: Omit<SwitchOptions, 'timing'> = {
  algorithms: ['MD5'],
  nonceLifetime: 300_000,
  minExpires: 5,
  maxExpires: 3600,
  maxContacts: 10,
  maxMessageBytes: 49_152,
  everyone: 'team',
  listDelay: 100,
};

const TIMING: ForkTiming = {
  silence: 5000,
  expiresMargin: 2000,
  defaultExpires: 180_000,
  cancelGrace: 1000,
  callerGrace: 5000,
  linger: 32_000,
};

/** Starts a switch. Nothing runs until somebody connects. */
export function createSwitch(configuration: SwitchConfiguration): Switch {
  const { domain, now, randomId } = configuration;
  const options = { ...DEFAULTS, ...configuration.options, timing: { ...TIMING, ...configuration.options?.timing } };
  const accounts = new Accounts(domain, configuration.accounts);
  const timers = new Timers(configuration);
  const connections = new Map<string, Connection>();
  const build = (): { bindings: Bindings; presence: Presence; transactions: Transactions; dispatcher: Dispatcher } => {
    const bindings = new Bindings(() => now());
    const transactions = new Transactions();
    const shared = { accounts, transactions, timers, now: () => now(), randomId: () => randomId() };
    const presence = new Presence({ ...shared, everyone: options.everyone, listDelay: options.listDelay, maxExpires: options.maxExpires });
    const dispatcher = new Dispatcher({ ...shared, ...options, bindings, connections, presence });
    return { bindings, presence, transactions, dispatcher };
  };
  let parts = build();
  return {
    domain,
    connect(link) {
      const connection = new Connection(randomId(), link);
      connections.set(connection.id, connection);
      return {
        receive: (frame) => {
          if (connections.has(connection.id)) parts.dispatcher.receive(frame, connection);
        },
        closed: () => {
          if (!connections.delete(connection.id)) return;
          connection.gone();
          parts.dispatcher.closed(connection);
        },
      };
    },
    stop(code = 1001, reason = 'Switch stopped') {
      const open = [...connections.values()];
      connections.clear();
      timers.stop();
      parts = build();
      for (const connection of open) connection.close(code, reason);
    },
    publish: (user, document) => parts.presence.put(user, document),
    devices: (user) => parts.bindings.of(user).length,
    get counts() {
      const { presence, transactions } = parts;
      return { connections: connections.size, transactions: transactions.size, subscriptions: presence.size, timers: timers.size };
    },
  };
}
