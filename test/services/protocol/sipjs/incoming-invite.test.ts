import { expect } from '@open-wc/testing';
import { isServiceError } from '../../../../src/services/service-error.js';
import { frame, headerOf } from '../../../support/scripted-socket.js';
import { dialogLog, EVE, GRUU, JOHN, JOHNS_GRUU, JOHNS_OFFER, OFFER, online, strike } from './stage.js';

const AUDIO = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n';
const MSRP = AUDIO.replace(/m=.*/, 'm=message 9 TCP/MSRP *');
const multipart = (sdp: string): string =>
  `--b\r\nContent-Type: application/sdp\r\n\r\n${sdp}\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n`;

describe('sipjs/incoming-invite', () => {
  afterEach(strike);

  it('tells who invites, for what and for how long; rings only when told to', async () => {
    const scene = await online();
    const { invite, request } = await scene.invited({ Expires: '60' });
    expect(invite.identity).to.deep.equal({ address: JOHN, name: 'John Davis', asserted: true });
    expect([invite.media, invite.expires]).to.deep.equal(['im', 60]);
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 100 /);
    expect(scene.wire.unread('SIP/2.0')).to.have.length(0);
    invite.ring();
    const ringing = await scene.wire.next('SIP/2.0 180');
    expect(headerOf(ringing, 'Contact')).to.equal(`<${GRUU}>`);
    expect(headerOf(ringing, 'Via')).to.equal(headerOf(request, 'Via'));
  });

  it('believes neither address nor name of a From that the switch does not assert', async () => {
    const scene = await online();
    const identity = async (asserted: string): Promise<unknown> =>
      (await scene.invited({ From: `"Kate Lewis" <${JOHN}>;tag=f`, 'P-Asserted-Identity': asserted })).invite.identity;
    expect(await identity(`<${EVE}>`)).to.deep.equal({ address: EVE, asserted: true });
    expect(await identity(`"Eve Moor" <${EVE}>`)).to.deep.equal({ address: EVE, name: 'Eve Moor', asserted: true });
    expect(await identity(`<${JOHN}>`)).to.deep.equal({ address: JOHN, name: 'Kate Lewis', asserted: true });
    expect(await identity('nonsense')).to.deep.equal({ address: JOHN, name: 'Kate Lewis', asserted: false });
  });

  it('reads the media from the offer', async () => {
    const scene = await online();
    const media = async (type: string, body: string): Promise<string> => (await scene.invited({ 'Content-Type': type }, body)).invite.media;
    expect(await media('application/sdp', AUDIO)).to.equal('audio');
    expect(await media('application/sdp', MSRP)).to.equal('msrp');
    expect(await media('multipart/mixed;boundary=b', multipart(JOHNS_OFFER))).to.equal('im');
    expect(await media('application/sdp', JOHNS_OFFER.replace(' sip ', ' what '))).to.equal('unknown');
    const none = scene.request('INVITE', { 'Content-Type': [], 'Content-Disposition': [] });
    await scene.wire.say(none);
    expect(scene.invites.at(-1)?.media).to.equal('none');
  });

  it('takes nonsense in Expires for nothing, and bounds what is too long: sip.js would end the invitation at once', async () => {
    const scene = await online();
    for (const [value, seconds] of [
      ['abc', undefined],
      ['-1', undefined],
      ['0', undefined],
      ['4000000000', 3600],
      ['99999', 3600],
    ] as const) {
      const { invite } = await scene.invited({ Expires: value });
      expect(invite.expires).to.equal(seconds, value);
    }
    await scene.wire.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(scene.wire.unread('SIP/2.0 487')).to.have.length(0);
  });

  it('accepts once the ACK came, and delivers nothing before: sip.js would drop or deliver it too early', async () => {
    const scene = await online();
    const log = dialogLog();
    const { invite, request } = await scene.invited();
    invite.ring();
    let dialog: unknown;
    const accepting = invite.accept({ body: OFFER, events: log }).then((made) => (dialog = made));
    const accepted = await scene.wire.next('SIP/2.0 200');
    expect(headerOf(accepted, 'Content-Type')).to.equal('application/sdp');
    expect(headerOf(accepted, 'Contact')).to.equal(`<${GRUU}>`);
    const tags = { From: headerOf(request, 'From'), To: headerOf(accepted, 'To'), 'Call-ID': headerOf(request, 'Call-ID') };
    await scene.wire.say(scene.request('MESSAGE', { ...tags, CSeq: '2 MESSAGE', 'Content-Type': 'text/plain' }, 'early'));
    expect([dialog, log.requests.length, scene.wire.unread('SIP/2.0').length]).to.deep.equal([undefined, 0, 0]);
    await scene.wire.say(scene.ack(request, accepted));
    await accepting;
    await scene.wire.advance(0);
    expect(log.requests.map(({ body }) => body?.content)).to.deep.equal(['early']);
    expect(await scene.wire.next('SIP/2.0 200')).to.contain('CSeq: 2 MESSAGE');
  });

  it('keeps fifty that came before the ACK, and every one that comes after it', async () => {
    const scene = await online();
    const log = dialogLog();
    const { invite, request } = await scene.invited();
    const accepting = invite.accept({ body: OFFER, events: log });
    const accepted = await scene.wire.next('SIP/2.0 200');
    const tags = { From: headerOf(request, 'From'), To: headerOf(accepted, 'To'), 'Call-ID': headerOf(request, 'Call-ID') };
    let said = 1;
    const say = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        said += 1;
        await scene.wire.say(scene.request('MESSAGE', { ...tags, CSeq: `${said} MESSAGE`, 'Content-Type': 'text/plain' }, 'line'));
      }
    };
    await say(60);
    expect(scene.wire.unread('SIP/2.0 500')).to.have.length(10);
    await scene.wire.say(scene.ack(request, accepted));
    await accepting;
    await say(60);
    expect(log.requests).to.have.length(0);
    await scene.wire.advance(0);
    expect(log.requests).to.have.length(110);
    expect(scene.wire.unread('SIP/2.0 500')).to.have.length(10);
  });

  it('takes the multipart offer of a stranger who does not name its disposition', async () => {
    const scene = await online();
    const { invite, request } = await scene.invited(
      { 'Content-Type': 'multipart/mixed;boundary=b', 'Content-Disposition': [] },
      multipart(JOHNS_OFFER),
    );
    const accepting = invite.accept({ body: OFFER, events: dialogLog() });
    await scene.wire.say(scene.ack(request, await scene.wire.next('SIP/2.0 200')));
    const dialog = await accepting;
    await scene.wire.advance(0);
    expect(scene.wire.unread('BYE')).to.have.length(0);
    void dialog.request('MESSAGE', { body: { contentType: 'text/plain', content: 'hi' } });
    expect(await scene.wire.next('MESSAGE')).to.match(new RegExp(`^MESSAGE ${JOHNS_GRUU} `));
  });

  it('refuses with status, reason, headers and body; the first answer counts', async () => {
    const scene = await online();
    const { invite } = await scene.invited();
    invite.reject(603, {
      reason: 'Decline\r\nX: 1',
      headers: ['Warning: 399 x "no"'],
      body: { contentType: 'text/plain', content: 'later' },
    });
    invite.reject(486);
    invite.ring();
    const refusal = await scene.wire.next('SIP/2.0 603');
    expect(refusal).to.match(/^SIP\/2\.0 603 Decline X: 1\r\n/);
    expect(refusal).to.match(/\r\n\r\nlater$/);
    expect(headerOf(refusal, 'Warning')).to.equal('399 x "no"');
    expect(scene.wire.unread('SIP/2.0')).to.have.length(0);
    const error: unknown = await invite.accept({ body: OFFER, events: dialogLog() }).catch((reason: unknown) => reason);
    expect(isServiceError(error) && error.code).to.equal('invalid-state');
  });

  it('is cancelled with its Reason', async () => {
    const scene = await online();
    const { invite, request } = await scene.invited();
    const reasons: (string | undefined)[] = [];
    invite.onCancel((reason) => void reasons.push(reason));
    const cancel = frame(`CANCEL ${GRUU} SIP/2.0`, {
      ...Object.fromEntries(['Via', 'From', 'To', 'Call-ID'].map((name) => [name, headerOf(request, name)])),
      CSeq: '1 CANCEL',
      'Max-Forwards': '69',
      Reason: 'SIP;cause=200;text="Call completed elsewhere"',
    });
    await scene.wire.say(cancel, cancel);
    expect(reasons).to.deep.equal(['SIP;cause=200;text="Call completed elsewhere"']);
    expect(scene.wire.unread('SIP/2.0 487')).to.have.length(1);
  });

  it('ends by itself some time after Expires', async () => {
    const scene = await online();
    const { invite } = await scene.invited({ Expires: '60' });
    let cancelled = false;
    invite.onCancel(() => (cancelled = true));
    await scene.wire.advance(62_000);
    expect(cancelled).to.equal(true);
    expect(await scene.wire.next('SIP/2.0 487')).to.contain('INVITE');
  });

  it('is over when the caller ends the early dialog by BYE', async () => {
    const scene = await online();
    const { invite, request } = await scene.invited();
    let cancelled = false;
    invite.onCancel(() => (cancelled = true));
    invite.ring();
    const ringing = await scene.wire.next('SIP/2.0 180');
    const tags = { From: headerOf(request, 'From'), To: headerOf(ringing, 'To'), 'Call-ID': headerOf(request, 'Call-ID') };
    await scene.wire.say(scene.request('BYE', { ...tags, CSeq: '2 BYE', 'P-Asserted-Identity': `<${EVE}>` }));
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 403/);
    expect(cancelled).to.equal(false);
    await scene.wire.say(scene.request('BYE', { ...tags, CSeq: '3 BYE' }));
    expect(cancelled).to.equal(true);
    expect(scene.wire.unread('SIP/2.0 487')).to.have.length(1);
  });

  it('refuses the same invitation over another path as merged', async () => {
    const scene = await online();
    const { request } = await scene.invited();
    await scene.wire.say(request.replace(/branch=[^\r]+/, 'branch=z9hG4bK-other-path'));
    expect(scene.invites).to.have.length(1);
    expect(scene.wire.unread('SIP/2.0 482')).to.have.length(1);
  });

  it('tells of a caller who is gone before the ACK', async () => {
    const scene = await online();
    const { invite, request } = await scene.invited();
    const log = dialogLog();
    const accepting = invite.accept({ body: OFFER, events: log }).catch((error: unknown) => error);
    const accepted = await scene.wire.next('SIP/2.0 200');
    const tags = { From: headerOf(request, 'From'), To: headerOf(accepted, 'To'), 'Call-ID': headerOf(request, 'Call-ID') };
    await scene.wire.say(scene.request('BYE', { ...tags, CSeq: '2 BYE' }));
    const error = await accepting;
    expect(isServiceError(error) && error.code).to.equal('invalid-state');
    expect(log.ends).to.have.length(0);
  });
});

describe('sipjs/incoming-invite, Replaces', () => {
  afterEach(strike);

  /** John asks for the dialog that he has with Kate, or somebody else does. */
  async function replacing(
    headers: Record<string, string> = {},
    body = JOHNS_OFFER,
  ): Promise<{ scene: Awaited<ReturnType<typeof online>>; log: ReturnType<typeof dialogLog>; request: string }> {
    const scene = await online();
    const log = dialogLog();
    const { dialog } = await scene.connected(log);
    const { callId, localTag, remoteTag } = dialog.ref;
    const request = scene.request(
      'INVITE',
      { Require: 'replaces', Replaces: `${callId};to-tag=${localTag};from-tag=${remoteTag}`, ...headers },
      body,
    );
    await scene.wire.say(request);
    return { scene, log, request };
  }

  it("is taken from the old dialog's peer: the old dialog is ended and told so, the new one goes on", async () => {
    const { scene, log, request } = await replacing();
    const invite = scene.invites.at(-1);
    expect(invite?.replaces?.remote.address).to.equal(JOHN);
    const accepting = invite?.accept({ body: OFFER, events: dialogLog() });
    await scene.wire.say(scene.ack(request, await scene.wire.next('SIP/2.0 200')));
    expect((await accepting)?.remote.address).to.equal(JOHN);
    expect(log.ends).to.deep.equal([{ replaced: true }]);
    expect(headerOf(await scene.wire.next('BYE'), 'To')).to.contain('tag=john');
  });

  it('is refused to anybody else with 403, and where no dialog is named with 481; one of an earlier page is left to its owner', async () => {
    const eve = await replacing({ From: `<${JOHN}>;tag=eve`, 'P-Asserted-Identity': `<${EVE}>` });
    expect(eve.scene.invites).to.have.length(0);
    expect(eve.scene.wire.unread('SIP/2.0 403')).to.have.length(1);
    expect(eve.log.ends).to.have.length(0);
    const claims = await replacing({ 'P-Asserted-Identity': 'nonsense' });
    expect(claims.scene.wire.unread('SIP/2.0 403')).to.have.length(1, 'a mere From where the switch vouched before');
    const nameless = await replacing({ Replaces: 'nope@x;to-tag=a' });
    expect(nameless.scene.wire.unread('SIP/2.0 481')).to.have.length(1);
    const earlier = await replacing({ Replaces: 'nope@x;to-tag=a;from-tag=b' });
    expect(earlier.scene.invites[0]).to.deep.include({ replacing: { callId: 'nope@x', localTag: 'a', remoteTag: 'b' } });
    expect(earlier.scene.invites[0]?.replaces).to.equal(undefined);
  });

  it('is a transfer where the peer sent somebody else, for audio only', async () => {
    const sent = { From: `<${EVE}>;tag=eve`, 'P-Asserted-Identity': `<${EVE}>`, 'Referred-By': `<${JOHN}>` };
    const audio = await replacing(sent, AUDIO);
    expect(audio.scene.invites.at(-1)?.isTransfer).to.equal(true);
    const im = await replacing(sent);
    expect(im.scene.wire.unread('SIP/2.0 403')).to.have.length(1);
  });

  it('ends, where it came to a page before, by a BYE of its caller alone and by one that names it', async () => {
    const scene = await online();
    const request = scene.request('INVITE', {}, JOHNS_OFFER);
    scene.gateway.receive(request);
    let cancelled = 0;
    scene.invites.at(-1)?.onCancel(() => (cancelled += 1));
    const bye = async (headers: Record<string, string>): Promise<string> => {
      const own = { From: headerOf(request, 'From'), To: `${headerOf(request, 'To')};tag=lost`, 'Call-ID': headerOf(request, 'Call-ID') };
      const sent = scene.request('BYE', { ...own, ...headers });
      await scene.wire.say(sent);
      return (
        scene.wire
          .unread('SIP/2.0')
          .find((one) => headerOf(one, 'CSeq').includes('BYE') && headerOf(one, 'Via') === headerOf(sent, 'Via')) ?? ''
      );
    };
    expect(await bye({ 'P-Asserted-Identity': `"Eve" <${EVE}>` })).to.match(/^SIP\/2\.0 481/);
    expect(await bye({ From: headerOf(request, 'From').replace(/tag=.*/, 'tag=another') })).to.match(/^SIP\/2\.0 481/);
    expect(cancelled).to.equal(0);
    expect(await bye({})).to.match(/^SIP\/2\.0 200/);
    expect(cancelled).to.equal(1);
  });
});
