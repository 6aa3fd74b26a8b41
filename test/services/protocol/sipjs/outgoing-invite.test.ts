import { expect } from '@open-wc/testing';
import type { SipResponse } from '../../../../src/services/protocol/gateway.js';
import { answer, bodyOf, frame, headerOf, settled } from '../../../support/scripted-socket.js';
import { dialogLog, GRUU, JOHN, JOHNS_GRUU, OFFER, online, strike, type Stage } from './stage.js';

const MULTIPART = { contentType: 'multipart/mixed;boundary=b', content: '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--\r\n' };

/** Kate invites; the INVITE is out. */
async function inviting(options: { body?: typeof OFFER; expires?: number; headers?: string[]; credentials?: string } = {}): Promise<{
  scene: Stage;
  request: string;
  log: ReturnType<typeof dialogLog>;
  progress: number[];
  invite: ReturnType<Stage['gateway']['invite']>;
}> {
  const scene = await online(options.credentials === undefined ? {} : { credentials: options.credentials });
  const log = dialogLog();
  const progress: number[] = [];
  const { body = OFFER, expires, headers } = options;
  const invite = scene.gateway.invite({
    target: JOHN,
    body,
    events: log,
    onProgress: ({ status }) => void progress.push(status),
    ...(expires === undefined ? {} : { expires }),
    ...(headers ? { headers } : {}),
  });
  return { scene, request: await scene.wire.next('INVITE'), log, progress, invite };
}

const ringing = (request: string, tag = 'john'): string => answer(request, 180, { tag, headers: { Contact: `<${JOHNS_GRUU}>` } });

describe('sipjs/outgoing-invite', () => {
  afterEach(strike);

  it('carries the GRUU, Expires, and a disposition that makes a multipart body an offer', async () => {
    const { request } = await inviting({ body: MULTIPART, expires: 60 });
    expect(headerOf(request, 'Contact')).to.equal(`<${GRUU}>`);
    expect(headerOf(request, 'Expires')).to.equal('60');
    expect(headerOf(request, 'Content-Disposition')).to.equal('session');
    expect(headerOf(request, 'Supported')).to.contain('replaces');
    expect(bodyOf(request)).to.equal(MULTIPART.content);
  });

  it('cannot be made to carry other headers, and survives lone surrogates', async () => {
    const { scene, request } = await inviting({ headers: ['Subject: a\r\nX-Evil: 1', 'no header', 'X\r\nY: 1'] });
    expect(request).not.to.match(/\r\nX-Evil/);
    expect(request).not.to.match(/\r\nY:/);
    expect(headerOf(request, 'Subject')).to.equal('a X-Evil: 1');
    void scene.gateway.message(JOHN, { contentType: 'text/plain\r\nX-Evil: 1', content: 'half \ud83d a pair' });
    const message = await scene.wire.next('MESSAGE');
    expect(bodyOf(message)).to.equal('half \ufffd a pair');
    expect(message).not.to.match(/\r\nX-Evil/);
  });

  it('tells progress, then the dialog with the asserted identity, the ACK being out', async () => {
    const { scene, request, invite, progress } = await inviting();
    await scene.wire.say(answer(request, 100), ringing(request), scene.accepting(request));
    const { response, dialog } = await invite.final;
    expect(progress).to.deep.equal([180]);
    expect(response.status).to.equal(200);
    expect(dialog?.remote).to.deep.equal({ address: JOHN, asserted: true });
    expect(dialog?.ref).to.deep.include({ callId: headerOf(request, 'Call-ID'), remoteTag: 'john', remoteTarget: JOHNS_GRUU });
    expect(scene.wire.unread('ACK')).to.have.length(1);
    expect(scene.wire.timers).to.equal(2, 'the refresh, and the release of what came too early');
  });

  it('tells a refusal as it is', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(answer(request, 603, { headers: { Warning: '399 x "no"' } }));
    const { response, dialog } = await invite.final;
    expect([response.status, response.header('warning'), dialog]).to.deep.equal([603, '399 x "no"', undefined]);
  });

  it('is cancelled with a Reason, and settles on the 487', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(answer(request, 100));
    invite.cancel('SIP;cause=487');
    const cancel = await scene.wire.next('CANCEL');
    expect(headerOf(cancel, 'Reason')).to.equal('SIP;cause=487');
    expect(headerOf(cancel, 'Via')).to.equal(headerOf(request, 'Via'));
    await scene.wire.say(answer(cancel, 200), answer(request, 487));
    expect((await invite.final).response.status).to.equal(487);
  });

  it('acknowledges and ends an acceptance that its CANCEL met', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(ringing(request));
    invite.cancel();
    await scene.wire.say(scene.accepting(request));
    await scene.wire.next('ACK');
    expect(headerOf(await scene.wire.next('BYE'), 'Reason')).to.match(/^SIP;cause=487/);
    const { response, dialog } = await invite.final;
    expect([response.status, dialog]).to.deep.equal([487, undefined]);
  });

  it('does not wait for ever for the answer to its CANCEL, and ends an acceptance that comes after', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(ringing(request));
    invite.cancel();
    await scene.wire.advance(5000);
    expect((await invite.final).response.status).to.equal(487);
    await scene.wire.say(scene.accepting(request));
    await scene.wire.next('ACK');
    await scene.wire.next('BYE');
  });

  it('acknowledges and ends a second branch that accepted too', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(scene.accepting(request), scene.accepting(request, 'john2', `${JOHN};gr=2`));
    expect((await invite.final).dialog?.ref.remoteTag).to.equal('john');
    await scene.wire.next('ACK');
    expect(headerOf(await scene.wire.next('ACK'), 'To')).to.contain('tag=john2');
    const bye = await scene.wire.next('BYE');
    expect(headerOf(bye, 'To')).to.contain('tag=john2');
    await settled();
    expect(scene.wire.unread('BYE')).to.have.length(0);
  });

  it('acknowledges a repeated acceptance again, without another dialog', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(scene.accepting(request), scene.accepting(request));
    await invite.final;
    await scene.wire.next('ACK');
    await scene.wire.next('ACK');
    expect(scene.wire.unread('BYE')).to.have.length(0);
  });

  it('ends by itself after Expires, as sip.js does not', async () => {
    const { scene, request, invite } = await inviting({ expires: 60 });
    await scene.wire.say(ringing(request));
    await scene.wire.advance(64_000);
    expect(scene.wire.unread('CANCEL')).to.have.length(0);
    await scene.wire.advance(1000);
    expect(headerOf(await scene.wire.next('CANCEL'), 'Reason')).to.match(/^SIP;cause=408/);
    await scene.wire.say(answer(request, 487));
    expect((await invite.final).response.status).to.equal(487);
  });

  it('settles with 408 where nothing at all is heard', async () => {
    const { scene, invite } = await inviting({ expires: 60 });
    await scene.wire.advance(10_000);
    expect((await invite.final).response.status).to.equal(408);
  });

  it('settles with 0 when the socket goes', async () => {
    const { scene, request, invite } = await inviting();
    await scene.wire.say(ringing(request));
    scene.wire.socket.gone(1006);
    expect((await invite.final).response.status).to.equal(0);
  });

  it('answers a challenge with a new INVITE of the same series', async () => {
    const { scene, request, invite } = await inviting({ credentials: 'secret' });
    await scene.wire.say(answer(request, 407, { headers: { 'Proxy-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' } }));
    const again = await scene.wire.next('INVITE');
    expect(headerOf(again, 'CSeq')).to.equal('2 INVITE');
    expect(headerOf(again, 'Call-ID')).to.equal(headerOf(request, 'Call-ID'));
    await scene.wire.say(scene.accepting(again));
    const { dialog } = await invite.final;
    void dialog?.request('MESSAGE', { body: { contentType: 'text/plain', content: 'hi' } });
    expect(headerOf(await scene.wire.next('MESSAGE'), 'CSeq')).to.equal('3 MESSAGE');
  });

  it('keeps a message that comes before the acceptance, which sip.js would swallow, and delivers it after', async () => {
    const { scene, request, invite, log } = await inviting();
    await scene.wire.say(ringing(request));
    const early = frame(
      `MESSAGE ${GRUU} SIP/2.0`,
      {
        Via: 'SIP/2.0/WSS switch.test;branch=z9hG4bK-early',
        From: `<${JOHN}>;tag=john`,
        To: headerOf(request, 'From'),
        'Call-ID': headerOf(request, 'Call-ID'),
        CSeq: '1 MESSAGE',
        'Max-Forwards': '69',
        'Content-Type': 'text/plain',
        'P-Asserted-Identity': `<${JOHN}>`,
      },
      'too early',
    );
    await scene.wire.say(early);
    expect(scene.wire.unread('SIP/2.0')).to.have.length(0);
    await scene.wire.say(scene.accepting(request));
    await invite.final;
    await scene.wire.advance(0);
    expect(log.requests.map(({ body }) => body?.content)).to.deep.equal(['too early']);
    expect(await scene.wire.next('SIP/2.0 200')).to.contain('CSeq: 1 MESSAGE');
  });

  it('answers 481 to what waited for an invitation that came to nothing', async () => {
    const { scene, request, invite, log } = await inviting();
    await scene.wire.say(ringing(request));
    const { callId, from } = { callId: headerOf(request, 'Call-ID'), from: headerOf(request, 'From') };
    await scene.wire.say(
      scene.request('MESSAGE', { From: `<${JOHN}>;tag=john`, To: from, 'Call-ID': callId, 'Content-Type': 'text/plain' }, 'x'),
    );
    await scene.wire.say(answer(request, 486));
    await invite.final;
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 481/);
    expect(log.requests).to.have.length(0);
  });

  it('resumes with Replaces at a GRUU, in the name of its owner', async () => {
    const { gateway, wire } = await online();
    const headers = ['Require: replaces', 'Replaces: old@x;to-tag=a;from-tag=b'];
    void gateway.invite({ target: JOHNS_GRUU, to: JOHN, body: OFFER, headers, events: dialogLog() });
    const request = await wire.next('INVITE');
    expect(request).to.match(new RegExp(`^INVITE ${JOHNS_GRUU} SIP`));
    expect(headerOf(request, 'To')).to.equal(`<${JOHN}>`);
    expect(headerOf(request, 'Replaces')).to.equal('old@x;to-tag=a;from-tag=b');
  });

  it('draws a branch of its own for each of three thousand requests, which sip.js does not', async () => {
    const { gateway, wire } = await online();
    const body = { contentType: 'text/plain', content: 'x' };
    const waiting: Promise<SipResponse>[] = [];
    for (let count = 0; count < 3000; count++) waiting.push(gateway.message(JOHN, body));
    const branches = new Set(wire.unread('MESSAGE').map((request) => /branch=([^;\s]+)/.exec(request)?.[1]));
    expect(branches.size).to.equal(3000);
    for (const branch of branches) expect(branch).to.match(/^z9hG4bK\w{21,}$/);
    wire.socket.gone(1006);
    await Promise.all(waiting);
  });
});
