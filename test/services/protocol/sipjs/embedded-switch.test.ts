/** Two gateways over the real embedded switch, in memory. */
import { expect } from '@open-wc/testing';
import { browserEnvironment } from '../../../../src/services/environment.js';
import type { GatewayEvents, IncomingInvite, SipDialog, SipGateway } from '../../../../src/services/protocol/gateway.js';
import { createSipJsGateway } from '../../../../src/services/protocol/sipjs/create-gateway.js';
import { demoRecords, memorySwitch, type TestSwitch } from '../../../support/switches.js';
import { settled } from '../../../support/scripted-socket.js';
import { testNetwork, type TestNetwork } from '../../../support/network.js';
import { dialogLog, OFFER } from './stage.js';

const text = (content: string): { body: { contentType: string; content: string } } => ({ body: { contentType: 'text/plain', content } });

/** Waits until `condition` gives something. */
async function until<T>(condition: () => T | undefined | false): Promise<T> {
  for (let count = 0; count < 2000; count++) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    await settled();
  }
  throw new Error(`Never: ${String(condition)}`);
}

interface Agent {
  readonly gateway: SipGateway;
  readonly network: TestNetwork;
  readonly closes: number[];
  readonly invites: IncomingInvite[];
  online(): Promise<void>;
}

async function agent(user: string, on: TestSwitch, instanceId = crypto.randomUUID()): Promise<Agent> {
  const record = (await demoRecords()).find((one) => one.user === user);
  if (!record) throw new Error(`${user} is no demo agent.`);
  const network = testNetwork(on.open);
  const closes: number[] = [];
  const invites: IncomingInvite[] = [];
  const events: GatewayEvents = {
    onInvite: (invite) => void invites.push(invite),
    onMessage: (message) => message.respond(200),
    onDisconnect: ({ code }) => void closes.push(code),
  };
  const gateway = createSipJsGateway({
    environment: { ...browserEnvironment(), openSocket: (url, protocols) => network.environment.openSocket(url, protocols) },
    account: { address: `sip:${user}@deskside.test`, displayName: record.name, authUser: user, instanceId },
    credentials: () => Promise.resolve(record.password ?? ''),
    events,
  });
  const online = async (): Promise<void> => {
    await gateway.connect(on.url);
    const { status } = await gateway.register({ expires: 300, features: ['+g.deskside.im'], onLost: () => undefined });
    expect(status).to.equal(200);
  };
  await online();
  return { gateway, network, closes, invites, online };
}

interface Talk {
  readonly on: TestSwitch;
  readonly kate: Agent;
  readonly john: Agent;
  readonly dialogs: { kate: SipDialog; john: SipDialog };
  readonly heard: { kate: ReturnType<typeof dialogLog>; john: ReturnType<typeof dialogLog> };
}

const agents = new Set<Agent>();

async function talk(): Promise<Talk> {
  const on = await memorySwitch();
  const [kate, john] = [await agent('kate', on), await agent('john', on)];
  agents.add(kate).add(john);
  const heard = { kate: dialogLog(), john: dialogLog() };
  const invite = kate.gateway.invite({ target: 'sip:john@deskside.test', body: OFFER, expires: 30, events: heard.kate });
  const incoming = await until(() => john.invites[0]);
  incoming.ring();
  const johns = await incoming.accept({ body: OFFER, events: heard.john });
  const { dialog: kates } = await invite.final;
  if (!kates) throw new Error('Not accepted.');
  return { on, kate, john, dialogs: { kate: kates, john: johns }, heard };
}

describe('sipjs, over the embedded switch', () => {
  afterEach(() => {
    for (const { gateway } of agents) gateway.dispose();
    agents.clear();
  });

  it('registers with a fetched password, invites, talks both ways, and ends', async () => {
    const { dialogs, heard, kate } = await talk();
    expect(kate.gateway.gruu).to.match(/^sip:kate@deskside\.test;gr=/);
    expect(dialogs.kate.remote).to.deep.equal({ address: 'sip:john@deskside.test', name: 'John Davis', asserted: true });
    expect((await dialogs.kate.request('MESSAGE', text('können wir? 🙂'))).status).to.equal(200);
    expect((await dialogs.john.request('MESSAGE', text('ja'))).status).to.equal(200);
    expect(heard.john.requests[0]?.body?.content).to.equal('können wir? 🙂');
    expect((await dialogs.john.bye({ reason: 'SIP;cause=200;text="End IM"' })).status).to.equal(200);
    expect(heard.kate.ends).to.deep.equal([{ reason: 'SIP;cause=200;text="End IM"', replaced: false }]);
  });

  it('carries a thousand messages at once, complete and in order', async () => {
    const { dialogs, heard } = await talk();
    const numbers = [...Array(1000).keys()].map(String);
    const answers = await Promise.all(numbers.map((number) => dialogs.kate.request('MESSAGE', text(number))));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(heard.john.requests.map(({ body }) => body?.content)).to.deep.equal(numbers);
  });

  it('goes on in the same dialog, both ways, after the callee, the caller, and then the switch was lost', async () => {
    const { on, kate, john, dialogs, heard } = await talk();
    for (const lost of [john, kate]) {
      lost.network.cut();
      await until(() => lost.closes.length === 1);
      await lost.online();
      expect((await dialogs.kate.request('MESSAGE', text('to john'))).status).to.equal(200);
      expect((await dialogs.john.request('MESSAGE', text('to kate'))).status).to.equal(200);
    }
    await on.restart();
    await until(() => kate.closes.length === 2 && john.closes.length === 2);
    await kate.online();
    await john.online();
    expect((await dialogs.kate.request('MESSAGE', text('still'))).status).to.equal(200);
    expect([heard.kate.ends.length, heard.john.ends.length]).to.deep.equal([0, 0]);
  });

  it('is resumed by a new page of the same agent with Replaces; a third agent is refused', async () => {
    const { on, kate, john, dialogs, heard } = await talk();
    const { callId, localTag, remoteTag, remoteTarget } = dialogs.kate.ref;
    const headers = ['Require: replaces', `Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`];
    const eve = await agent('aki', on);
    agents.add(eve);
    const stolen = await eve.gateway.invite({
      target: remoteTarget,
      to: 'sip:john@deskside.test',
      body: OFFER,
      headers,
      events: dialogLog(),
    }).final;
    expect(stolen.response.status).to.equal(403);
    dialogs.kate.abandon();
    const again = kate.gateway.invite({ target: remoteTarget, to: 'sip:john@deskside.test', body: OFFER, headers, events: dialogLog() });
    const incoming = await until(() => john.invites[1]);
    expect(incoming.replaces).to.equal(dialogs.john);
    const accepting = incoming.accept({ body: OFFER, events: heard.john });
    const { dialog } = await again.final;
    const resumed = await accepting;
    expect(heard.john.ends).to.deep.equal([{ replaced: true }]);
    expect((await resumed.request('MESSAGE', text('welcome back'))).status).to.equal(200);
    expect(dialog?.remote.address).to.equal('sip:john@deskside.test');
  });
});
