/**
 * The point of the screen: nothing that passed it makes sip.js throw. A whole sip.js user agent on a transport without network,
 * mutants of messages that fit its own dialogs and transactions. `FUZZ_SEED` and `FUZZ_MUTANTS` make other and longer runs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inviter, Registerer, Subscriber, UserAgent, type SessionDescriptionHandler, type Transport } from 'sip.js';
import { screen } from '../../src/services/protocol/codecs/screen.js';
import { mutate } from './mutate.js';
import { below, seeded } from './random.js';
import { nextFromPeer } from './sip-peer.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const MUTANTS = Number(process.env['FUZZ_MUTANTS'] ?? 4_000);

/** sip.js leaves timers of half a minute behind, also when it is disposed of; none of them may keep the process alive. */
const realSetTimeout = globalThis.setTimeout;
globalThis.setTimeout = ((callback: () => void, ms?: number) => realSetTimeout(callback, ms).unref()) as typeof setTimeout;

/** What sip.js needs of a transport. */
class NoTransport {
  readonly state = 'Connected';
  readonly protocol = 'WS';
  readonly stateChange = { addListener: () => undefined, removeListener: () => undefined };
  readonly sent: string[] = [];
  onMessage: ((message: string) => void) | undefined;
  readonly connect = (): Promise<void> => Promise.resolve();
  readonly disconnect = this.connect;
  readonly dispose = this.connect;
  readonly isConnected = (): boolean => true;
  readonly send = (message: string): Promise<void> => {
    this.sent.push(message);
    if (this.sent.length > 20) this.sent.shift();
    return Promise.resolve();
  };
}

const description = {
  close: () => undefined,
  getDescription: () => Promise.resolve({ body: 'v=0\r\n', contentType: 'application/sdp' }),
  hasDescription: (type: string) => /sdp|multipart/.test(type),
  setDescription: () => Promise.resolve(),
  rollbackDescription: () => Promise.resolve(),
  sendDtmf: () => false,
} satisfies SessionDescriptionHandler;

function uriOf(text: string): NonNullable<ReturnType<typeof UserAgent.makeURI>> {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error(text);
  return uri;
}

const ignore = (): undefined => undefined;

async function start(): Promise<{ agent: UserAgent; transport: NoTransport }> {
  const transport = new NoTransport();
  const agent = new UserAgent({
    uri: uriOf('sip:john@deskside.test'),
    viaHost: 'client.invalid',
    transportConstructor: function () {
      return transport;
    } as unknown as new () => Transport,
    logBuiltinEnabled: false,
    sessionDescriptionHandlerFactory: () => description,
    delegate: {
      onInvite: (invitation) => void invitation.accept().catch(ignore),
      onMessage: (message) => void message.accept().catch(ignore),
      onNotify: (notification) => void notification.accept().catch(ignore),
      onRefer: (referral) => void referral.accept().catch(ignore),
    },
  });
  await agent.start();
  return { agent, transport };
}

/** One request, so that answers have something to answer. */
function ask(agent: UserAgent, kind: number): void {
  const kate = uriOf('sip:kate@deskside.test');
  if (kind === 0) void new Inviter(agent, kate).invite().catch(ignore);
  else if (kind === 1) void new Subscriber(agent, kate, 'presence').subscribe().catch(ignore);
  else void new Registerer(agent, { expires: 300 }).register().catch(ignore);
}

test(`sip.js behind the screen: ${MUTANTS} mutants from seed ${SEED}`, async () => {
  const problems: string[] = [];
  let mutant = '';
  const note = (error: unknown): void =>
    void problems.push(`${error instanceof Error ? error.stack : String(error)}\n${JSON.stringify(mutant)}`);
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  const random = seeded(SEED);
  let { agent, transport } = await start();
  for (let count = 1; count <= MUTANTS && problems.length < 5; count++) {
    if (random() < 0.3) ask(agent, below(random, 3));
    await Promise.resolve();
    const message = nextFromPeer(transport.sent, random);
    mutant = random() < 0.15 ? message : mutate(message, random);
    const verdict = screen(mutant);
    try {
      if (verdict.verdict === 'pass') transport.onMessage?.(verdict.text);
    } catch (error) {
      note(error);
    }
    if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (count % 200 !== 0) continue;
    agent.userAgentCore.dispose();
    ({ agent, transport } = await start());
  }
  agent.userAgentCore.dispose();
  await new Promise((resolve) => realSetTimeout(resolve, 50));
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  assert.deepEqual(problems, []);
});
