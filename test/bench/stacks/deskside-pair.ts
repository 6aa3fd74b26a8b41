/** Two agents on our gateway. */
import type { Environment } from '../../../src/services/environment.js';
import { encodeImOffer } from '../../../src/services/protocol/codecs/im-sdp.js';
import type { DialogEvents, IncomingInvite, SipBody, SipGateway } from '../../../src/services/protocol/gateway.js';
import { createSipJsGateway } from '../../../src/services/protocol/sipjs/create-gateway.js';
import { BenchSocket } from './bench-socket.js';
import { mustBe200, type BenchAccount, type MakePair } from './pair.js';

const environment: Environment = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout | undefined),
  randomId: () => crypto.randomUUID(),
  random: () => Math.random(),
  // Of the two classes' differences none matters here.
  openSocket: (url, protocols) => new BenchSocket(url, protocols) as unknown as WebSocket,
};

const events: DialogEvents = { onRequest: (request) => request.respond(200), onEnd: () => undefined };
const plain = (content: string): SipBody => ({ contentType: 'text/plain;charset=utf-8', content });
const offer = ({ address }: BenchAccount): SipBody => ({
  contentType: 'application/sdp',
  content: encodeImOffer({ address, sessionId: 1 }),
});

async function register(url: string, account: BenchAccount, onInvite: (invite: IncomingInvite) => void): Promise<SipGateway> {
  const gateway = createSipJsGateway({
    environment,
    account: { address: account.address, displayName: account.name, authUser: account.user, instanceId: crypto.randomUUID() },
    credentials: account.password,
    events: { onInvite, onMessage: (message) => message.respond(200), onDisconnect: () => undefined },
  });
  await gateway.connect(url);
  mustBe200('deskside', (await gateway.register({ expires: 300, features: ['+g.deskside.im'], onLost: () => undefined })).status);
  return gateway;
}

/** See `MakePair`. */
export const desksidePair: MakePair = async (url, sender, receiver) => {
  const one = await register(url, sender, () => undefined);
  const other = await register(url, receiver, (invite) => void invite.accept({ body: offer(receiver), events }));
  const { dialog } = await one.invite({ target: receiver.address, body: offer(sender), events }).final;
  if (!dialog) throw new Error('deskside: no dialog.');
  return {
    stack: 'deskside',
    inDialog: async (text) => mustBe200('deskside', (await dialog.request('MESSAGE', { body: plain(text) })).status),
    page: async (text) => mustBe200('deskside', (await one.message(receiver.address, plain(text))).status),
    close: async () => {
      await dialog.bye();
      for (const gateway of [one, other]) {
        await gateway.unregister();
        gateway.dispose();
      }
    },
  };
};
