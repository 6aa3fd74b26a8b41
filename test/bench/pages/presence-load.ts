/** The page of presence-load.bench.ts: one agent with a Team Communicator, who watches everyone. */
import '../../../src/components/define-all.js';
import { createSipService, type Target } from '../../../src/services/index.js';

/** What the bench gives the page. */
export interface Load {
  readonly url: string;
  readonly password: string;
  readonly users: readonly string[];
}

const addressOf = (user: string): string => `sip:${user}@deskside.test`;

/** How many are in each state, as the page knows them. */
let states: () => Readonly<Record<string, number>> = () => ({});

/** Watches everyone, and resolves once the state of each is known. */
async function begin({ url, password, users }: Load): Promise<void> {
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
  const missing = new Set(users.map(addressOf));
  await new Promise<void>((resolve) => {
    const counted = new AbortController();
    service.onEvent((event) => {
      if (event.type !== 'presence' || !missing.delete(event.address) || missing.size > 0) return;
      counted.abort();
      resolve();
    }, counted);
    service.presence.watch([...missing], new AbortController().signal);
  });
  service.onEvent((event) => {
    if (event.type === 'presence') load.changes += 1;
  });
}

/** Logs an agent in, who publishes as every page does. */
function logIn(url: string, user: string, password: string): void {
  createSipService().configure({ servers: [url], address: addressOf(user), credentials: password, autoLogin: ['im'], tabs: 'separate' });
}

/** What the bench asks of the page. */
export const load = { begin, logIn, changes: 0, states: (): Readonly<Record<string, number>> => states() };
Object.assign(window, { load });
