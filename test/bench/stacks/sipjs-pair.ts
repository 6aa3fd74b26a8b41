/** Two agents on sip.js as its own API offers it, without WebRTC, its logging off. */
import {
  Inviter,
  Messager,
  Registerer,
  SessionState,
  UserAgent,
  type Invitation,
  type Message,
  type SessionDescriptionHandler,
  type URI,
} from 'sip.js';
import { encodeImOffer } from '../../../src/services/protocol/codecs/im-sdp.js';
import { mustBe200, pairOf, type Agent, type BenchAccount, type Stack, type Writer } from './pair.js';

type Responses = NonNullable<Parameters<Registerer['register']>[0]>['requestDelegate'];

function uriOf(address: string): URI {
  const uri = UserAgent.makeURI(address);
  if (!uri) throw new Error(`sip.js cannot read ${address}.`);
  return uri;
}

function description(account: BenchAccount): SessionDescriptionHandler {
  return {
    close: () => undefined,
    getDescription: () =>
      Promise.resolve({ body: encodeImOffer({ address: account.address, sessionId: 1 }), contentType: 'application/sdp' }),
    hasDescription: (type: string) => type === 'application/sdp',
    setDescription: () => Promise.resolve(),
    sendDtmf: () => false,
  };
}

/** Its promises settle when a request is sent; this one settles when it is answered. */
function answered(send: (delegate: NonNullable<Responses>) => Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = ({ message }: { message: { statusCode?: number | undefined } }): void => {
      try {
        mustBe200('sip.js', message.statusCode);
        resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    send({ onAccept: done, onReject: done, onRedirect: done }).catch(reject);
  });
}

async function register(url: string, account: BenchAccount, onInvite: (invitation: Invitation) => void): Promise<UserAgent> {
  const agent = new UserAgent({
    uri: uriOf(account.address),
    authorizationUsername: account.user,
    authorizationPassword: account.password,
    transportOptions: { server: url, traceSip: false },
    logBuiltinEnabled: false,
    gracefulShutdown: false,
    sipExtensionExtraSupported: ['gruu'],
    sessionDescriptionHandlerFactory: () => description(account),
    delegate: { onInvite, onMessage: (message) => void message.accept() },
  });
  await agent.start();
  const registerer = new Registerer(agent, { expires: 300, regId: 1, extraContactHeaderParams: ['+g.deskside.im'] });
  await answered((requestDelegate) => registerer.register({ requestDelegate }));
  return agent;
}

async function receive(url: string, receiver: BenchAccount, onText?: (text: string) => void): Promise<Agent> {
  const agent = await register(url, receiver, (invitation) => {
    const onMessage = (message: Message): void => {
      void message.accept();
      onText?.(message.request.body);
    };
    invitation.delegate = { onMessage };
    void invitation.accept();
  });
  return { close: () => agent.stop() };
}

async function write(url: string, sender: BenchAccount, receiver: BenchAccount): Promise<Writer> {
  const agent = await register(url, sender, () => undefined);
  const inviter = new Inviter(agent, uriOf(receiver.address));
  await answered((requestDelegate) => inviter.invite({ requestDelegate }));
  if (inviter.state !== SessionState.Established)
    await new Promise<void>((resolve) => inviter.stateChange.addListener(() => resolve(), { once: true }));
  const type = 'text/plain;charset=utf-8';
  return {
    inDialog: (content) =>
      answered((requestDelegate) =>
        inviter.message({ requestDelegate, requestOptions: { body: { contentDisposition: 'render', contentType: type, content } } }),
      ),
    page: (text) => answered((requestDelegate) => new Messager(agent, uriOf(receiver.address), text, type).message({ requestDelegate })),
    close: async () => {
      await inviter.bye();
      await agent.stop();
    },
  };
}

/** See `Stack`. */
export const sipjs: Stack = { receive, write };

/** See `MakePair`. */
export const sipjsPair = pairOf('sip.js', sipjs);
