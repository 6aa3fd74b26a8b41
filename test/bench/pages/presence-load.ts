/** The page of presence-load.bench.ts: one agent with a Team Communicator, who watches everyone. */
import '../../../src/components/define-all.js';
import { createSipService, type SipService, type Target } from '../../../src/services/index.js';

/** What the bench gives the page. */
export interface Load {
  readonly url: string;
  readonly password: string;
  readonly users: readonly string[];
}

const addressOf = (user: string): string => `sip:${user}@deskside.test`;

/** How many are in each state, as the page knows them. */
let states: () => Readonly<Record<string, number>> = () => ({});

/** An agent who is online, and whom to watch. */
interface Ready {
  readonly service: SipService;
  readonly addresses: readonly string[];
  /** Those of whom nothing is known yet. */
  readonly missing: Set<string>;
}
let ready: Ready | undefined;

/** The page as any agent's is before: a Team Communicator with a directory, connected. */
async function prepare({ url, password, users }: Load): Promise<void> {
  const directory = users.map((user): Target => ({ type: 'agent', address: addressOf(user), name: `Agent ${user}`, user }));
  const service = createSipService({ directorySource: directory });
  const communicator = Object.assign(document.createElement('team-communicator'), { service });
  document.body.append(communicator);
  service.configure({ servers: [url], address: addressOf('kate'), credentials: password, autoLogin: ['im'], tabs: 'separate' });
  states = () => {
    const counts: Record<string, number> = {};
    for (const user of users) {
      const state = service.snapshot.get(`presence:${addressOf(user)}`)?.state ?? 'none';
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  };
  ready = { service, addresses: users.map(addressOf), missing: new Set(users.map(addressOf)) };
  await new Promise<void>((resolve) => {
    const done = new AbortController();
    const look = (): void => {
      if (service.snapshot.get('connection')?.status !== 'ready') return;
      done.abort();
      resolve();
    };
    service.snapshot.subscribe('connection', look, done);
    look();
  });
}

/** Watches everyone, and resolves once the state of each is known. */
async function watch(): Promise<void> {
  if (!ready) throw new Error('Prepare first.');
  const { service, addresses, missing } = ready;
  await new Promise<void>((resolve) => {
    const counted = new AbortController();
    service.onEvent((event) => {
      if (event.type !== 'presence' || !missing.delete(event.address) || missing.size > 0) return;
      counted.abort();
      resolve();
    }, counted);
    service.presence.watch(addresses, new AbortController().signal);
  });
  service.onEvent((event) => {
    if (event.type === 'presence') load.changes += 1;
  });
}

/** Both, one after the other. */
async function begin(given: Load): Promise<void> {
  await prepare(given);
  await watch();
}

/** Logs an agent in, who publishes as every page does. */
function logIn(url: string, user: string, password: string): void {
  createSipService().configure({ servers: [url], address: addressOf(user), credentials: password, autoLogin: ['im'], tabs: 'separate' });
}

/** What the bench asks of the page. */
export const load = { begin, prepare, watch, logIn, changes: 0, states: (): Readonly<Record<string, number>> => states() };
Object.assign(window, { load });
