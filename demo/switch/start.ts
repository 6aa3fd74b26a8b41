/** One way to start either switch. */
import type { Server } from 'node:http';
import { demoAccounts, DEMO_DOMAIN } from './accounts.js';
import type { Account, SwitchOptions } from './core/switch.js';
import { startEmbedded } from './embedded.js';
import { startKamailio } from './kamailio/start.js';

/** The switches that can be started here. */
export type SwitchKind = 'embedded' | 'kamailio';

/** What to start. */
export interface StartOptions {
  readonly kind: SwitchKind;
  /** WebSocket port; 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Embedded only: answer on `/sip` of this listening server instead of on `port`. */
  readonly httpServer?: Server;
  /** Default: the demo accounts. */
  readonly accounts?: readonly Account[];
  /** Default `deskside.test`. */
  readonly domain?: string;
  /** Kamailio only: UDP and TCP port for SIP telephones; default a free one. */
  readonly sipPort?: number;
  /** Settings beside the defaults; Kamailio knows `algorithms` and `maxExpires` of them. */
  readonly options?: Partial<SwitchOptions>;
}

/** A running switch. */
export interface RunningSwitch {
  readonly kind: SwitchKind;
  /** `ws://host:port`, with a path when attached to an `httpServer`. */
  readonly url: string;
  /** UDP and TCP port for SIP telephones; undefined for the embedded switch, which has none. */
  readonly sipPort: number | undefined;
  /** Stops it and leaves nothing behind. */
  stop(): Promise<void>;
  /** Stops it and starts it on the same address; all connections and registrations are lost. */
  restart(): Promise<void>;
}

/** Starts a switch and waits until it answers. Rejects with what to do when it cannot run here. */
export async function startSwitch(options: StartOptions): Promise<RunningSwitch> {
  const { kind, port, host = '127.0.0.1', domain = DEMO_DOMAIN } = options;
  const accounts = options.accounts ?? (await demoAccounts());
  if (kind === 'kamailio') {
    const running = await startKamailio({ accounts, domain, host, port, sipPort: options.sipPort ?? 0, options: options.options });
    return { kind, ...running };
  }
  const running = await startEmbedded({ accounts, domain, host, port, httpServer: options.httpServer, options: options.options });
  return { kind, sipPort: undefined, ...running };
}
