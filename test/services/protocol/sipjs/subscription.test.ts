import { expect } from '@open-wc/testing';
import type { SipRequest, SubscribeOptions } from '../../../../src/services/protocol/gateway.js';
import { answer, headerOf } from '../../../support/scripted-socket.js';
import { EVE, online, strike, type Stage } from './stage.js';

const TEAM = 'sip:team@deskside.test';

interface Watching {
  readonly scene: Stage;
  readonly request: string;
  readonly notified: SipRequest[];
  readonly ends: Parameters<SubscribeOptions['onEnd']>[0][];
  readonly subscription: ReturnType<Stage['gateway']['subscribe']>;
  notify(cseq: number, headers?: Record<string, string | readonly string[]>): Promise<string>;
}

async function watching(): Promise<Watching> {
  const scene = await online();
  const notified: SipRequest[] = [];
  const ends: Watching['ends'] = [];
  const subscription = scene.gateway.subscribe({
    target: TEAM,
    event: 'presence',
    accept: ['application/pidf+xml', 'multipart/related'],
    expires: 600,
    headers: ['Supported: eventlist'],
    onNotify: (request) => void notified.push(request),
    onEnd: (end) => void ends.push(end),
  });
  const request = await scene.wire.next('SUBSCRIBE');
  const notify = async (cseq: number, headers: Record<string, string | readonly string[]> = {}): Promise<string> => {
    const own = {
      From: `<${TEAM}>;tag=team`,
      To: headerOf(request, 'From'),
      'Call-ID': headerOf(request, 'Call-ID'),
      CSeq: `${cseq} NOTIFY`,
      Contact: '<sip:presence@switch.test;transport=tcp>',
      Event: 'presence',
      'Subscription-State': 'active;expires=300',
      'P-Asserted-Identity': [],
    };
    await scene.wire.say(scene.request('NOTIFY', { ...own, ...headers }));
    return scene.wire.next('SIP/2.0');
  };
  return { scene, request, notified, ends, subscription, notify };
}

describe('sipjs/subscription', () => {
  afterEach(strike);

  it('settles on the final response, tells notifications, and refreshes inside the dialog before it runs out', async () => {
    const { scene, request, notified, subscription, notify } = await watching();
    expect([headerOf(request, 'Event'), headerOf(request, 'Expires'), headerOf(request, 'Accept')]).to.deep.equal([
      'presence', '600', 'application/pidf+xml, multipart/related',
    ]); // prettier-ignore
    await scene.wire.say(answer(request, 200, { headers: { Expires: '600', Contact: '<sip:presence@switch.test>' } }));
    expect((await subscription.accepted).status).to.equal(200);
    expect(await notify(1, { 'Record-Route': '<sip:edge.test;lr>' })).to.match(/^SIP\/2\.0 200/);
    expect(notified).to.have.length(1);
    await scene.wire.advance(254_000);
    expect(scene.wire.unread('SUBSCRIBE')).to.have.length(0);
    await scene.wire.advance(1000);
    const refresh = await scene.wire.next('SUBSCRIBE');
    expect(refresh).to.match(/^SUBSCRIBE sip:presence@switch\.test;transport=tcp SIP/);
    expect([headerOf(refresh, 'To'), headerOf(refresh, 'Route'), headerOf(refresh, 'CSeq')]).to.deep.equal([
      `<${TEAM}>;tag=team`,
      '<sip:edge.test;lr>',
      '2 SUBSCRIBE',
    ]);
  });

  it('takes none that does not name its dialog: another Call-ID, another tag of ours', async () => {
    const { scene, request, notified, notify } = await watching();
    await scene.wire.say(answer(request, 202));
    const others: Record<string, string>[] = [{ 'Call-ID': 'another' }, { To: headerOf(request, 'From').replace(/tag=.*/, 'tag=another') }];
    for (const headers of others) expect(await notify(1, headers)).to.match(/^SIP\/2\.0 481/);
    expect(notified).to.have.length(0);
  });

  it('takes a notification that is faster than the answer', async () => {
    const { scene, request, notified, subscription, notify } = await watching();
    await notify(1);
    await scene.wire.say(answer(request, 202));
    expect((await subscription.accepted).status).to.equal(202);
    expect(notified).to.have.length(1);
  });

  it('tells a refusal with its code, which sip.js hides', async () => {
    const { scene, request, subscription, ends } = await watching();
    await scene.wire.say(answer(request, 489));
    expect((await subscription.accepted).status).to.equal(489);
    expect(ends).to.have.length(0);
    expect(scene.wire.timers).to.equal(1, 'the refresh of the registration');
  });

  it('reads retry-after in seconds, which sip.js takes for milliseconds', async () => {
    const { ends, notify } = await watching();
    await notify(1, { 'Subscription-State': 'terminated;reason=probation;retry-after=60' });
    expect(ends).to.deep.equal([{ reason: 'probation', retryAfter: 60 }]);
    expect(await notify(2)).to.match(/^SIP\/2\.0 481/);
  });

  it('tells when a refresh is refused, with the Retry-After of the refusal', async () => {
    const { scene, request, ends, notify } = await watching();
    await scene.wire.say(answer(request, 200));
    await notify(1);
    await scene.wire.advance(255_000);
    await scene.wire.say(answer(await scene.wire.next('SUBSCRIBE'), 503, { headers: { 'Retry-After': '30' } }));
    expect(ends).to.deep.equal([{ retryAfter: 30 }]);
  });

  it('tells when nothing is ever notified', async () => {
    const { scene, request, ends } = await watching();
    await scene.wire.say(answer(request, 200));
    await scene.wire.advance(32_000);
    expect(ends).to.have.length(1);
  });

  it('refuses notifications of others, of another package, out of order, and of a second notifier', async () => {
    const { notified, notify } = await watching();
    expect(await notify(5)).to.match(/^SIP\/2\.0 200/);
    expect(await notify(6, { 'P-Asserted-Identity': `<${EVE}>` })).to.match(/^SIP\/2\.0 403/);
    expect(await notify(7, { From: `<${EVE}>;tag=team` })).to.match(/^SIP\/2\.0 403/);
    expect(await notify(8, { Event: 'dialog' })).to.match(/^SIP\/2\.0 489/);
    expect(await notify(9, { From: `<${TEAM}>;tag=other` })).to.match(/^SIP\/2\.0 481/);
    expect(await notify(5)).to.match(/^SIP\/2\.0 500/);
    expect(notified).to.have.length(1);
  });

  it('asks for everything again when told to, in its dialog', async () => {
    const { scene, request, subscription, notify } = await watching();
    subscription.refresh();
    expect(scene.wire.unread('SUBSCRIBE')).to.have.length(0, 'before the first notification there is no dialog');
    await scene.wire.say(answer(request, 200));
    await notify(1);
    subscription.refresh();
    const again = await scene.wire.next('SUBSCRIBE');
    expect([headerOf(again, 'To'), headerOf(again, 'Expires')]).to.deep.equal([`<${TEAM}>;tag=team`, '600']);
  });

  it('is ended with Expires: 0', async () => {
    const { scene, subscription, notify } = await watching();
    await notify(1);
    subscription.end();
    expect(headerOf(await scene.wire.next('SUBSCRIBE'), 'Expires')).to.equal('0');
  });

  it('is over with the connection, and can be had again', async () => {
    const { scene, ends, notify } = await watching();
    await notify(1);
    scene.wire.socket.gone(1006);
    await scene.online();
    expect(await notify(2)).to.match(/^SIP\/2\.0 481/);
    expect(ends).to.have.length(0);
    const again = scene.gateway.subscribe({
      target: TEAM,
      event: 'presence',
      accept: [],
      expires: 600,
      onNotify: () => undefined,
      onEnd: () => undefined,
    });
    await scene.wire.say(answer(await scene.wire.next('SUBSCRIBE'), 200));
    expect((await again.accepted).status).to.equal(200);
  });

  it('publishes with entity tags, any number of times after a failure', async () => {
    const { gateway, wire } = await online();
    const publish = (etag?: string): Promise<{ status: number }> =>
      gateway.publish({ event: 'presence', expires: 120, ...(etag ? { etag } : {}) });
    const first = publish();
    await wire.say(answer(await wire.next('PUBLISH'), 503));
    expect((await first).status).to.equal(503);
    const second = publish('abc');
    const request = await wire.next('PUBLISH');
    expect(headerOf(request, 'SIP-If-Match')).to.equal('abc');
    await wire.say(answer(request, 200, { headers: { 'SIP-ETag': 'def' } }));
    expect((await second).status).to.equal(200);
  });
});
