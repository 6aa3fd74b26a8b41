/** A device that knows no sessions: it refuses every invitation and takes single messages. Stands in for an ordinary SIP telephone. */
import { createSipJsGateway } from '../../src/services/protocol/sipjs/create-gateway.js';
import type { SipBody, SipGateway } from '../../src/services/protocol/gateway.js';
import { testNetwork } from './network.js';
import { demoRecords, type TestSwitch } from './switches.js';

/** A telephone on a switch. */
export interface Phone {
  /** Texts that came, with their senders as asserted. */
  readonly texts: readonly { readonly from: string; readonly text: string }[];
  /** Sends a single message. @returns the status of its answer */
  writes(user: string, text: string): Promise<number>;
  hangsUp(): Promise<void>;
}

const address = (user: string): string => `sip:${user}@deskside.test`;

/** Registers a telephone for a demo agent. @param refuses status with which it answers an invitation */
export async function phone(user: string, on: TestSwitch, refuses = 488): Promise<Phone> {
  const record = (await demoRecords()).find((one) => one.user === user);
  const texts: { from: string; text: string }[] = [];
  const gateway: SipGateway = createSipJsGateway({
    environment: testNetwork(on.open).environment,
    account: { address: address(user), displayName: user, authUser: user, instanceId: `urn:uuid:${crypto.randomUUID()}` },
    credentials: record?.password ?? '',
    events: {
      onInvite: (invite) => invite.reject(refuses),
      onMessage: (message) => {
        texts.push({ from: message.identity.address, text: message.body?.content ?? '' });
        message.respond(200);
      },
      onDisconnect: () => undefined,
    },
  });
  await gateway.connect(on.url);
  await gateway.register({ expires: 300, features: ['+sip.message'], onLost: () => undefined });
  return {
    texts,
    writes: async (to, text) => {
      const body: SipBody = { contentType: 'text/plain;charset=UTF-8', content: text };
      return (await gateway.message(address(to), body)).status;
    },
    hangsUp: async () => {
      await gateway.unregister();
      gateway.dispose();
    },
  };
}
