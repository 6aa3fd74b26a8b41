/** The page of voice.bench.ts: two agents who call each other, ours and on bare sip.js, with the browser's own microphone. */
import { Inviter, Registerer, SessionState, UserAgent, type Session, type Web } from 'sip.js';
import { browserEnvironment, createSipService, type SipService } from '../../../src/services/index.js';

/** Who calls whom, over what. */
export interface Parties {
  readonly url: string;
  readonly caller: Account;
  readonly callee: Account;
}

/** An account of the switch. */
export interface Account {
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/** One call, from the click to the first packet of sound at the other end, ms. */
type Call = () => Promise<number>;

/** Milliseconds between two looks. */
const LOOK = 4;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(LOOK);
}

async function hears(connection: RTCPeerConnection | undefined): Promise<boolean> {
  if (!connection) return false;
  const reports = [...(await connection.getStats()).values()] as { type: string; packetsReceived?: number }[];
  return reports.some(({ type, packetsReceived = 0 }) => type === 'inbound-rtp' && packetsReceived > 0);
}

/** Ours. */
async function deskside({ url, caller, callee }: Parties): Promise<Call> {
  const made: RTCPeerConnection[] = [];
  const agent = async (account: Account, connections?: RTCPeerConnection[]): Promise<SipService> => {
    const environment = browserEnvironment();
    const { media } = environment;
    if (!media) throw new Error('This browser has no WebRTC.');
    const connect = (configuration: RTCConfiguration): RTCPeerConnection => {
      const connection = media.connect(configuration);
      connections?.push(connection);
      return connection;
    };
    const service = createSipService({}, { ...environment, media: { ...media, connect } });
    service.configure({ servers: [url], address: account.address, credentials: account.password, autoLogin: ['voice'], tabs: 'separate' });
    await until(() => service.snapshot.get('channels')?.voice.state === 'ready');
    return service;
  };
  const [kate, john] = [await agent(caller), await agent(callee, made)];
  john.onEvent((event) => {
    if (event.type === 'call' && event.call.status === 'alerting' && !event.call.pending) void john.calls.answer(event.call.id);
  });
  return async () => {
    made.length = 0;
    const begun = performance.now();
    const id = kate.calls.start({ type: 'agent', address: callee.address, name: callee.user });
    await until(() => hears(made.at(-1)));
    const took = performance.now() - begun;
    await kate.calls.end(id);
    for (const service of [kate, john]) {
      await until(() => (service.snapshot.get('calls') ?? []).every((one) => service.snapshot.get(`call:${one}`)?.status === 'ended'));
      for (const one of service.snapshot.get('calls') ?? []) service.calls.close(one);
    }
    return took;
  };
}

const connectionOf = (session: Session | undefined): RTCPeerConnection | undefined =>
  (session?.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined)?.peerConnection;

/** Bare sip.js, with its own handler of descriptions and sound. */
async function sipjs({ url, caller, callee }: Parties): Promise<Call> {
  let answered: Session | undefined;
  const agent = async ({ address, user, password }: Account): Promise<UserAgent> => {
    const made = new UserAgent({
      uri: UserAgent.makeURI(address) ?? fail(),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server: url, traceSip: false },
      logBuiltinEnabled: false,
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
      delegate: {
        onInvite: (invitation) => {
          answered = invitation;
          void invitation.accept();
        },
      },
    });
    await made.start();
    await new Promise<void>((resolve, reject) => {
      const requestDelegate = { onAccept: () => resolve(), onReject: () => reject(new Error('not registered')) };
      new Registerer(made).register({ requestDelegate }).catch(reject);
    });
    return made;
  };
  const [kate] = [await agent(caller), await agent(callee)];
  return async () => {
    answered = undefined;
    const begun = performance.now();
    const inviter = new Inviter(kate, UserAgent.makeURI(callee.address) ?? fail());
    await inviter.invite();
    await until(() => hears(connectionOf(answered)));
    const took = performance.now() - begun;
    await until(() => inviter.state === SessionState.Established);
    await inviter.bye();
    await until(() => answered?.state === SessionState.Terminated);
    return took;
  };
}

function fail(): never {
  throw new Error('sip.js cannot read the address.');
}

/** What the bench asks of the page. */
export const voice = {
  calls: new Map<string, Call>(),
  async begin(ours: Parties, theirs: Parties): Promise<void> {
    voice.calls.set('deskside', await deskside(ours));
    voice.calls.set('sip.js', await sipjs(theirs));
  },
  /** Calls of one stack, one after the other. @returns the time of each, ms */
  async run(stack: string, count: number): Promise<number[]> {
    const times: number[] = [];
    for (let at = 0; at < count; at += 1) times.push((await voice.calls.get(stack)?.()) ?? NaN);
    return times;
  },
};
Object.assign(window, { voice });
