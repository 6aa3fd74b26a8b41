/**
 * Kate's gateway on a scripted wire, and John as the test plays him. Bundles have no grammar of sip.js (demo/tools/leave-out.mjs), so here too
 * whatever asks it fails.
 */
import { Grammar } from 'sip.js/lib/core/index.js';
import { encodeImAnswer, encodeImOffer, decodeSdp } from '../../../../src/services/protocol/codecs/im-sdp.js';
import type {
  DialogEvents,
  GatewayEvents,
  IncomingInvite,
  IncomingRequest,
  SipBody,
  SipDialog,
  SipGateway,
} from '../../../../src/services/protocol/gateway.js';
import { createSipJsGateway } from '../../../../src/services/protocol/sipjs/create-gateway.js';
import type { Credentials } from '../../../../src/services/service-config.js';
import { answer, frame, headerOf, ScriptedWire, settled } from '../../../support/scripted-socket.js';

Grammar.parse = (text, rule) => {
  throw new Error(`sip.js asked its grammar to read "${text}" as ${rule}: src/services/protocol/sipjs/grammar.ts must.`);
};

const KATE = 'sip:kate@deskside.test';
export const JOHN = 'sip:john@deskside.test';
export const EVE = 'sip:eve@deskside.test';
export const GRUU = `${KATE};gr=urn:uuid:6f1b2c3d-0000-4000-8000-000000000001`;
export const JOHNS_GRUU = `${JOHN};gr=urn:uuid:6f1b2c3d-0000-4000-8000-000000000002`;
const INSTANCE = '6f1b2c3d-0000-4000-8000-000000000001';

export const OFFER: SipBody = { contentType: 'application/sdp', content: encodeImOffer({ address: KATE, sessionId: 1 }) };
export const JOHNS_OFFER = encodeImOffer({ address: JOHN, sessionId: 2 });
export const ANSWER = encodeImAnswer({ media: decodeSdp(OFFER.content)?.media ?? [] }, { address: JOHN, sessionId: 2 }) ?? '';

/** What happened in one dialog. */
export interface DialogLog extends DialogEvents {
  readonly requests: IncomingRequest[];
  readonly ends: { reason?: string; replaced: boolean }[];
}

/** Dialog events that keep what they are told and answer 200. */
export function dialogLog(): DialogLog {
  const requests: IncomingRequest[] = [];
  const ends: { reason?: string; replaced: boolean }[] = [];
  return {
    requests,
    ends,
    onRequest: (request) => {
      requests.push(request);
      request.respond(200, request.method === 'INVITE' ? { body: OFFER } : {});
    },
    onEnd: (end) => void ends.push(end),
  };
}

/** What a stage is made with. */
export interface StageOptions {
  readonly credentials?: Credentials;
  readonly events?: Partial<GatewayEvents>;
}

let ids = 0;

/** See the head of the file. */
export class Stage {
  readonly wire = new ScriptedWire();
  readonly gateway: SipGateway;
  readonly invites: IncomingInvite[] = [];
  readonly messages: IncomingRequest[] = [];
  readonly closes: { code: number; reason: string }[] = [];
  readonly faults: string[] = [];

  constructor({ credentials, events = {} }: StageOptions = {}) {
    this.gateway = createSipJsGateway({
      environment: this.wire.environment,
      account: { address: KATE, displayName: 'Kate Lewis', authUser: 'kate', instanceId: INSTANCE },
      credentials,
      events: {
        onInvite: (invite) => void this.invites.push(invite),
        onMessage: (message) => void this.messages.push(message),
        onDisconnect: (close) => void this.closes.push(close),
        onFault: (fault) => void this.faults.push(fault),
        ...events,
      },
    });
  }

  /** Connects and registers. */
  async online(): Promise<this> {
    await this.gateway.connect('wss://switch.test/ws');
    const registered = this.gateway.register({ expires: 600, features: ['+g.deskside.im'], onLost: () => undefined });
    const request = await this.wire.next('REGISTER');
    await this.wire.say(this.registered(request));
    await registered;
    return this;
  }

  /** The answer of a registrar that knows another device of Kate's too. */
  registered(request: string, expires = 600): string {
    const other = `<sip:other@else.invalid;transport=ws>;pub-gruu="${KATE};gr=urn:uuid:other";+sip.instance="<urn:uuid:other>";expires=50`;
    const own = `${headerOf(request, 'Contact').replace(/expires=\d+/, `expires=${expires}`)};pub-gruu="${GRUU}"`;
    return answer(request, 200, { headers: { Contact: `${other}, ${own}` } });
  }

  /** A request from outside any dialog, by John unless told otherwise. */
  request(method: string, headers: Readonly<Record<string, string | readonly string[]>> = {}, body = ''): string {
    const id = (ids += 1);
    return frame(
      `${method} ${GRUU} SIP/2.0`,
      {
        Via: `SIP/2.0/WSS switch.test;branch=z9hG4bK-test-${id}`,
        From: `"John Davis" <${JOHN}>;tag=john-${id}`,
        To: `<${KATE}>`,
        'Call-ID': `call-${id}@test`,
        CSeq: `1 ${method}`,
        'Max-Forwards': '69',
        'P-Asserted-Identity': `"John Davis" <${JOHN}>`,
        ...(method === 'INVITE' ? { Contact: `<${JOHNS_GRUU}>`, 'Content-Type': 'application/sdp', 'Content-Disposition': 'session' } : {}),
        ...headers,
      },
      body,
    );
  }

  /** John invites Kate. */
  async invited(
    headers: Readonly<Record<string, string | readonly string[]>> = {},
    body = JOHNS_OFFER,
  ): Promise<{ invite: IncomingInvite; request: string }> {
    const request = this.request('INVITE', headers, body);
    await this.wire.say(request);
    const invite = this.invites.at(-1);
    if (!invite) throw new Error(`No invitation arrived: ${this.faults.join()} ${this.wire.unread().join()}`);
    return { invite, request };
  }

  /** The ACK of an INVITE's 200; with a body where the 200 had the offer. */
  ack(request: string, accepted: string, body = ''): string {
    const headers = {
      Via: `SIP/2.0/WSS switch.test;branch=z9hG4bK-ack-${(ids += 1)}`,
      From: headerOf(request, 'From'),
      To: headerOf(accepted, 'To'),
      'Call-ID': headerOf(request, 'Call-ID'),
      CSeq: headerOf(request, 'CSeq').replace('INVITE', 'ACK'),
      'Max-Forwards': '69',
      ...(body ? { 'Content-Type': 'application/sdp' } : {}),
    };
    return frame(`ACK ${GRUU} SIP/2.0`, headers, body);
  }

  /** Kate invites John, who accepts. */
  async connected(events: DialogEvents = dialogLog()): Promise<Conversation> {
    const invite = this.gateway.invite({ target: JOHN, body: OFFER, expires: 60, events });
    const request = await this.wire.next('INVITE');
    await this.wire.say(this.accepting(request));
    const { dialog } = await invite.final;
    if (!dialog) throw new Error('No dialog.');
    await this.wire.next('ACK');
    await this.wire.advance(0);
    return new Conversation(this, request, dialog);
  }

  /** John's 200 to an INVITE. */
  accepting(request: string, tag = 'john', contact = JOHNS_GRUU, asserted = JOHN): string {
    return answer(request, 200, {
      tag,
      body: ANSWER,
      headers: { Contact: `<${contact}>`, 'Content-Type': 'application/sdp', 'P-Asserted-Identity': `<${asserted}>` },
    });
  }
}

/** A dialog that Kate began, with John's side played by the test. */
export class Conversation {
  readonly dialog: SipDialog;
  readonly #stage: Stage;
  readonly #invite: string;
  #cseq = 100;

  constructor(stage: Stage, invite: string, dialog: SipDialog) {
    this.#stage = stage;
    this.#invite = invite;
    this.dialog = dialog;
  }

  /** A request inside the dialog, by John unless told otherwise. */
  request(method: string, headers: Readonly<Record<string, string>> = {}, body = ''): string {
    const cseq = (this.#cseq += 1);
    return frame(
      `${method} ${GRUU} SIP/2.0`,
      {
        Via: `SIP/2.0/WSS switch.test;branch=z9hG4bK-in-${(ids += 1)}`,
        From: `${headerOf(this.#invite, 'To')};tag=john`,
        To: headerOf(this.#invite, 'From'),
        'Call-ID': headerOf(this.#invite, 'Call-ID'),
        CSeq: `${cseq} ${method}`,
        'Max-Forwards': '69',
        'P-Asserted-Identity': `<${JOHN}>`,
        ...(['INVITE', 'NOTIFY', 'REFER'].includes(method) ? { Contact: `<${JOHNS_GRUU}>` } : {}),
        ...(body === '' ? {} : { 'Content-Type': method === 'INVITE' ? 'application/sdp' : 'text/plain' }),
        ...headers,
      },
      body,
    );
  }

  /** John says something; resolves with Kate's answer. */
  async says(method: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<string> {
    await this.#stage.wire.say(this.request(method, headers, body));
    await settled();
    return this.#stage.wire.next('SIP/2.0');
  }
}

const stages = new Set<Stage>();

/** A stage that `strike` takes down. */
export async function online(options: StageOptions = {}): Promise<Stage> {
  return stage(options).online();
}

/** The same, not connected yet. */
export function stage(options: StageOptions = {}): Stage {
  const made = new Stage(options);
  stages.add(made);
  return made;
}

/** For `afterEach`: disposes of all stages. */
export function strike(): void {
  for (const { gateway } of stages) gateway.dispose();
  stages.clear();
}
