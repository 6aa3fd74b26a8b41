/** The way under a call, as its tab tells of it: what the call makes of the news, and of restarts that meet the other side's. */
import { expect } from '@open-wc/testing';
import type { SipDialog } from '../../../../src/services/protocol/gateway.js';
import { FakeIncoming, response, settled } from '../fakes.js';
import { BODY, connected, desk, made } from './desk.js';

/** Invites, and acknowledges the answer only when it is told to. */
class LateCaller extends FakeIncoming {
  acknowledge: () => void = () => undefined;
  readonly #acknowledged = new Promise<void>((resolve) => (this.acknowledge = resolve));

  override async accept(options: Parameters<FakeIncoming['accept']>[0]): Promise<SipDialog> {
    await this.#acknowledged;
    return super.accept(options);
  }
}

describe('A call and the way under it', () => {
  it('restarts ICE when the way is interrupted, and says when there is none', async () => {
    const { kate, dialog } = await connected();
    const offers: unknown[] = [];
    dialog.reinvite = async (options) => {
      offers.push(await made(options));
      return response(200, {}, { body: BODY });
    };
    kate.tellWay('open');
    kate.tellWay('interrupted');
    await kate.clock.pass(1000);
    expect(kate.sound.asked, 'short ones mend themselves').not.to.include('restart');
    await kate.clock.pass(3000);
    expect(kate.sound.asked).to.include('restart');
    expect(kate.call.trouble).to.equal('ice-restarting');
    kate.tellWay('open');
    expect(kate.call.trouble).to.equal(undefined);
    kate.tellWay('failed');
    await kate.clock.pass(25_000);
    expect(kate.call).to.deep.include({ status: 'connected', trouble: 'ice-failed' });
    expect(offers).to.have.length(2);
  });

  it('goes on saying that the browser blocks the sound, also once the call is up and the way is open', async () => {
    const kate = await desk();
    const invite = await kate.dial();
    kate.sound.tell({ mediaId: 'c', trouble: 'autoplay-blocked' });
    await invite.accept({ body: BODY });
    await settled();
    kate.tellWay('open');
    expect(kate.call).to.deep.include({ status: 'connected', trouble: 'autoplay-blocked' });
    kate.sound.tell({ mediaId: 'c', trouble: null });
    expect(kate.call.trouble).to.equal(undefined);
  });

  it('keeps the sound while the switch is away, and mends the way once it is back', async () => {
    const { kate, dialog } = await connected();
    dialog.reinvite = async (options) => {
      await made(options);
      return response(200, {}, { body: BODY });
    };
    kate.tellWay('open');
    await kate.gateway.lose();
    kate.tellWay('interrupted');
    expect(kate.call.status).to.equal('connected');
    await kate.clock.pass(60_000);
    expect(kate.sound.asked).to.include('restart');
  });

  it('is known to be open also where that is told before the caller has acknowledged the answer', async () => {
    const kate = await desk();
    const john = new LateCaller({ media: 'audio', body: BODY });
    kate.gateway.events.onInvite(john);
    const [callId = ''] = kate.state.read('calls') ?? [];
    const answering = kate.give({ type: 'call.answer', callId, tab: 't' });
    await settled();
    kate.sound.tell({ mediaId: callId, way: 'open' });
    john.acknowledge();
    expect(await answering).to.equal(undefined);
    expect(kate.state.read(`call:${callId}`)).to.deep.include({ status: 'connected' });
    await kate.clock.pass(60_000);
    expect(kate.state.read(`call:${callId}`)?.trouble).to.equal(undefined);
    expect(kate.sound.asked).not.to.include('restart');
  });

  it('is known to be open also where another takes the place of the other side', async () => {
    const { kate, dialog } = await connected();
    kate.tellWay('open');
    const aki = new LateCaller({ media: 'audio', body: BODY, replaces: dialog });
    kate.gateway.events.onInvite(aki);
    await settled();
    kate.sound.tell({ mediaId: kate.sound.mediaId, way: 'open' });
    expect(kate.sound.mediaId).not.to.equal('c');
    aki.acknowledge();
    await settled();
    kate.tellWay('failed');
    await kate.clock.pass(60_000);
    expect(kate.call).to.deep.include({ status: 'connected' });
    expect(kate.call.trouble, 'nor does what the sound before tells matter any more').to.equal(undefined);
  });

  it('is not looked for again by who gave way and has one meanwhile', async () => {
    const { kate, dialog } = await connected();
    kate.tellWay('open');
    dialog.reinvite = async (options) => {
      await made(options);
      // 491: the other side was restarting too, and its restart is answered before the next try.
      kate.tellWay('open');
      await made(options);
      return response(200, {}, { body: BODY });
    };
    kate.tellWay('failed');
    await kate.clock.pass(60_000);
    expect(kate.sound.asked.filter((what) => what === 'restart')).to.have.length(1);
    expect(kate.sound.asked.at(-1)).to.equal('rollback');
    expect(kate.call).to.deep.include({ status: 'connected' });
    expect(kate.call.trouble).to.equal(undefined);
  });
});
