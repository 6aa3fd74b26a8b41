/** Two agents on JsSIP. Its sessions need WebRTC, which Node has not, so there are messages outside dialogs only. */
import JsSIP from 'jssip';
import type { IncomingMessageListener } from 'jssip/lib/UA.js';
import { pairOf, type Agent, type BenchAccount, type Stack } from './pair.js';

type UserAgent = InstanceType<typeof JsSIP.UA>;

function register(url: string, account: BenchAccount, onText?: (text: string) => void): Promise<UserAgent> {
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)],
    uri: account.address,
    authorization_user: account.user,
    password: account.password,
    register_expires: 300,
    session_timers: false,
    extra_headers: [],
  });
  // Without a listener it refuses every message.
  agent.on('newMessage', ({ originator, request }: Parameters<IncomingMessageListener>[0]) => {
    if ((originator as string) === 'remote') onText?.(request.body);
  });
  return new Promise((resolve, reject) => {
    agent.on('registered', () => resolve(agent));
    agent.on('registrationFailed', ({ cause }) => reject(new Error(`JsSIP: ${cause}`)));
    agent.start();
  });
}

const ending = (agent: UserAgent): Agent => ({
  close: () => {
    agent.stop();
    return Promise.resolve();
  },
});

/** See `Stack`. */
export const jssip: Stack = {
  receive: async (url, receiver, onText) => ending(await register(url, receiver, onText)),
  write: async (url, sender, receiver) => {
    const agent = await register(url, sender);
    return {
      ...ending(agent),
      page: (text) =>
        new Promise((resolve, reject) => {
          const failed = ({ cause, response }: { cause?: string; response?: { status_code: number } | null }): void =>
            reject(new Error(`JsSIP: ${cause ?? 'a message failed'} (${response?.status_code ?? 'no answer'})`));
          agent.sendMessage(receiver.address, text, {
            contentType: 'text/plain;charset=utf-8',
            eventHandlers: { succeeded: () => resolve(), failed },
          });
        }),
    };
  },
};

/** See `MakePair`. */
export const jssipPair = pairOf('JsSIP', jssip);
