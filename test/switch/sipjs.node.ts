/** A plain sip.js user agent on both switches: register, invite, message both ways, end. */
import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import {
  Inviter,
  Registerer,
  SessionState,
  UserAgent,
  type Invitation,
  type Message,
  type Session,
  type SessionDescriptionHandler,
  type URI,
} from 'sip.js';
import { WebSocket } from 'ws';
import { aor, DOMAIN, IM_SDP } from './support/agent.js';
import { onBothSwitches } from './support/switches.js';

/** sip.js looks for a browser's WebSocket; `ws` hands out two messages in one tick unless told not to. */
Object.assign(globalThis, {
  WebSocket: class extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols, { allowSynchronousEvents: false, perMessageDeflate: false });
    }
  },
});

/** Offers and answers instant messages; there is no media to set up. */
class PlainDescription implements SessionDescriptionHandler {
  close(): void {
    // Nothing is open.
  }
  getDescription(): Promise<{ body: string; contentType: string }> {
    return Promise.resolve({ body: IM_SDP, contentType: 'application/sdp' });
  }
  hasDescription(contentType: string): boolean {
    return contentType === 'application/sdp';
  }
  rollbackDescription(): Promise<void> {
    return Promise.resolve();
  }
  setDescription(): Promise<void> {
    return Promise.resolve();
  }
  sendDtmf(): boolean {
    return false;
  }
}

interface Peer {
  readonly agent: UserAgent;
  readonly invited: Promise<Invitation>;
}

function uriOf(address: string): URI {
  const uri = UserAgent.makeURI(address);
  assert.ok(uri);
  return uri;
}

async function login(url: string, user: string): Promise<Peer> {
  let onInvite: (invitation: Invitation) => void = () => undefined;
  const invited = new Promise<Invitation>((resolve) => (onInvite = resolve));
  const agent = new UserAgent({
    uri: uriOf(aor(user)),
    authorizationUsername: user,
    authorizationPassword: `${user}-secret`,
    transportOptions: { server: url, traceSip: false },
    sessionDescriptionHandlerFactory: () => new PlainDescription(),
    sipExtensionExtraSupported: ['gruu'],
    instanceId: randomUUID(),
    logBuiltinEnabled: false,
    delegate: { onInvite },
  });
  await agent.start();
  const registerer = new Registerer(agent, { instanceId: agent.instanceId, regId: 1, extraContactHeaderParams: ['+sip.message'] });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const settle = {
      onAccept: ({ message }: { message: { statusCode?: number | undefined } }) => resolve(message.statusCode),
      onReject: ({ message }: { message: { statusCode?: number | undefined } }) => resolve(message.statusCode),
    };
    registerer.register({ requestDelegate: settle }).catch(reject);
  });
  assert.equal(status, 200);
  return { agent, invited };
}

function send(session: Session, content: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const settle = ({ message }: { message: { statusCode?: number | undefined } }): void => resolve(message.statusCode);
    session
      .message({
        requestOptions: { body: { contentDisposition: 'render', contentType: 'text/plain', content } },
        requestDelegate: { onAccept: settle, onReject: settle },
      })
      .catch(reject);
  });
}

function received(session: Session): Promise<string> {
  return new Promise((resolve) => {
    session.delegate = {
      onMessage: (message: Message) => {
        void message.accept();
        resolve(message.request.body);
      },
    };
  });
}

const ended = (session: Session): Promise<void> =>
  new Promise((resolve) => session.stateChange.addListener((state) => (state === SessionState.Terminated ? resolve() : undefined)));

onBothSwitches('sip.js', {
  'a session from the first message to the end': async ({ url }) => {
    const [kate, john] = [await login(url, 'kate'), await login(url, 'john')];
    const inviter = new Inviter(kate.agent, uriOf(aor('john')));
    const accepted = new Promise<string | undefined>((resolve, reject) => {
      const delegate = {
        onAccept: ({ message }: { message: { getHeader(name: string): string | undefined } }) =>
          resolve(message.getHeader('P-Asserted-Identity')),
      };
      inviter.invite({ requestDelegate: delegate }).catch(reject);
    });
    const invitation = await john.invited;
    assert.equal(invitation.remoteIdentity.uri.toString(), aor('kate'));
    await invitation.accept();
    assert.match((await accepted) ?? '', new RegExp(`"John Davis" <sip:john@${DOMAIN}>`));
    const atJohn = received(invitation);
    assert.equal(await send(inviter, 'Can you help? 👋'), 200);
    assert.equal(await atJohn, 'Can you help? 👋');
    const atKate = received(inviter);
    assert.equal(await send(invitation, 'Sure.'), 200);
    assert.equal(await atKate, 'Sure.');
    const over = ended(inviter);
    await invitation.bye();
    await over;
    await Promise.all([kate.agent.stop(), john.agent.stop()]);
  },
});
