/** Agents of the demonstration on a switch in the page's own memory: real services, real conversations, no server. */
import {
  browserEnvironment,
  createSipService,
  type DomainEvent,
  type Environment,
  type KeyValueStorage,
  type SipService,
} from '../src/services/index.js';
import { createSwitch, type Account } from './switch/core/switch.js';
import { memorySocket } from './switch/memory-socket.js';

interface DemoRecord extends Account {
  readonly type: string;
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
}

/** How long one step of a conversation may take, ms. */
const LIMIT = 30_000;

/** Opens the desk of a demo agent, logged in. */
export type OpenDesk = (user: string) => Promise<SipService>;

/** The environment of a tab of its own, so that the agents of one page do not share what a tab keeps. */
function ownTab(openSocket: Environment['openSocket']): Environment {
  const memory = (): KeyValueStorage => {
    const values = new Map<string, string>();
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    };
  };
  const environment = browserEnvironment();
  // Nobody is asked for the microphone: what is heard is silence.
  const openMicrophone = (): Promise<MediaStream> => Promise.resolve(new AudioContext().createMediaStreamDestination().stream);
  const media = environment.media && { ...environment.media, openMicrophone };
  return { ...environment, openSocket, tabStorage: memory(), settings: memory(), ...(media ? { media } : {}) };
}

/** Resolves once the condition holds; it is asked again after every event. */
export async function until(service: SipService, what: string, condition: () => boolean): Promise<void> {
  const done = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (_event?: DomainEvent): void => (condition() ? resolve() : undefined);
      const timer = setTimeout(() => reject(new Error(`The example waited in vain for ${what}.`)), LIMIT);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
      service.onEvent(look, done);
      look();
    });
  } finally {
    done.abort();
  }
}

/** Starts the switch and reads who there is. */
export async function inPageDesks(directory: string): Promise<OpenDesk> {
  const accounts = (await (await fetch(directory)).json()) as readonly DemoRecord[];
  const core = createSwitch({
    domain: 'deskside.test',
    accounts,
    now: () => Date.now(),
    randomId: () => crypto.randomUUID().replaceAll('-', ''),
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as number),
  });
  const openSocket = memorySocket(core);
  return async (user) => {
    const account = accounts.find((one) => one.user === user);
    if (!account) throw new Error(`There is no demo agent ${user}.`);
    const service = createSipService({}, ownTab(openSocket));
    service.configure({
      servers: ['ws://in-this-page.test'],
      address: account.address,
      displayName: account.name,
      credentials: account.password ?? '',
      directory,
      autoLogin: ['im', 'voice'],
      tabs: 'separate',
      invitationTimeout: 3600,
    });
    await until(service, `${user} to be logged in`, () => service.snapshot.get('channels')?.im.state === 'ready');
    return service;
  };
}
