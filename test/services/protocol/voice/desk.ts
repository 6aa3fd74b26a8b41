/** Kate's engine with sound that does as it is told, for specs of one call on a gateway that does as it is told too. */
import { expect } from '@open-wc/testing';
import type { Call } from '../../../../src/services/domain/call.js';
import type { MediaNews, MediaPlace, MediaPort, MediaReply, MediaRequest } from '../../../../src/services/domain/call-media.js';
import type { CallCommand } from '../../../../src/services/domain/commands.js';
import { Bench, settled, type FakeDialog, type FakeInvite } from '../fakes.js';

/** Who is called. */
export const JOHN = { type: 'agent', address: 'sip:john@deskside.test', name: 'John Davis' } as const;
const SDP = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
/** A description as the other side sends it. */
export const BODY = { contentType: 'application/sdp', content: SDP };

/** Sound that does as it is told, and writes down what it was asked for. */
export class FakeMedia implements MediaPort {
  readonly asked: string[] = [];
  /** Which sound was asked for something last. */
  mediaId = '';
  replies: Partial<Record<MediaRequest['type'], MediaReply>> = {};
  tell: (news: MediaNews) => void = () => undefined;

  ask({ mediaId }: MediaPlace, request: MediaRequest): Promise<MediaReply> {
    this.mediaId = mediaId;
    this.asked.push(request.type === 'offer' && request.restart ? 'restart' : request.type);
    const usual: MediaReply = request.type === 'offer' || request.type === 'answer' ? { sdp: SDP } : { sent: true };
    return Promise.resolve(this.replies[request.type] ?? usual);
  }

  listen(listener: (news: MediaNews) => void): void {
    this.tell = listener;
  }
}

/** Kate's engine with sound. */
export class Desk extends Bench {
  readonly sound: FakeMedia;

  constructor(sound: FakeMedia) {
    super({ media: sound });
    this.sound = sound;
  }

  get call(): Call {
    const call = this.state.read('call:c');
    if (!call) throw new Error('There is no call.');
    return call;
  }

  tellWay(way: NonNullable<MediaNews['way']>): void {
    this.sound.tell({ mediaId: 'c', way });
  }

  give(command: CallCommand): Promise<unknown> {
    return this.engine.execute(command).then(
      () => undefined,
      (error: unknown) => (error as { code: string }).code,
    );
  }

  async dial(): Promise<FakeInvite> {
    await this.give({ type: 'call.start', callId: 'c', target: JOHN, tab: 't' });
    await settled();
    const invite = this.gateway.invites.at(-1);
    if (!invite) throw new Error('No INVITE was sent.');
    return invite;
  }
}

/** The offer of a re-INVITE, made as the gateway would make it. */
export async function made(options: Parameters<FakeDialog['reinvite']>[0]): Promise<unknown> {
  return typeof options?.body === 'function' ? options.body() : options?.body;
}

/** Kate, logged in. */
export async function desk(): Promise<Desk> {
  const kate = new Desk(new FakeMedia());
  await kate.start({ autoLogin: ['im', 'voice'] });
  return kate;
}

/** Kate in a call that John has answered. */
export async function connected(): Promise<{ kate: Desk; dialog: FakeDialog }> {
  const kate = await desk();
  const dialog = await (await kate.dial()).accept({ body: BODY });
  await settled();
  expect(kate.call.status).to.equal('connected');
  return { kate, dialog };
}
