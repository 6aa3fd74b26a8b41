import { expect } from '@open-wc/testing';
import type { IncomingRequest, SipBody } from '../../../../src/services/protocol/gateway.js';
import { answer, bodyOf, headerOf, settled } from '../../../support/scripted-socket.js';
import { ANSWER, dialogLog, EVE, GRUU, JOHN, JOHNS_GRUU, JOHNS_OFFER, OFFER, online, strike } from './stage.js';

const text = (content: string): { body: { contentType: string; content: string } } => ({ body: { contentType: 'text/plain', content } });

describe('sipjs/dialog', () => {
  afterEach(strike);

  it('settles a request on its final response, whatever that is', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    for (const status of [200, 202, 403, 415, 481, 500, 513]) {
      const sending = dialog.request('MESSAGE', text('hello'));
      const request = await scene.wire.next('MESSAGE');
      let isSettled = false;
      void sending.then(() => (isSettled = true));
      await scene.wire.say(answer(request, 100));
      expect(isSettled).to.equal(false);
      await scene.wire.say(answer(request, status));
      expect((await sending).status).to.equal(status);
    }
    expect((await Promise.resolve(dialog.ref)).remoteTarget).to.equal(JOHNS_GRUU);
  });

  it('sends requests in the order of the calls, each with the next CSeq, without waiting for answers', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const waiting = ['a', 'b', 'c'].map((content) => dialog.request('MESSAGE', text(content)));
    const sent = scene.wire.unread('MESSAGE');
    expect(sent.map(bodyOf)).to.deep.equal(['a', 'b', 'c']);
    expect(sent.map((request) => headerOf(request, 'CSeq'))).to.deep.equal(['2 MESSAGE', '3 MESSAGE', '4 MESSAGE']);
    scene.wire.socket.gone(1006);
    expect((await Promise.all(waiting)).map(({ status }) => status)).to.deep.equal([0, 0, 0]);
  });

  it('carries every method; those that refresh the target name ours', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    for (const method of ['MESSAGE', 'INFO', 'REFER', 'NOTIFY', 'OPTIONS'] as const) {
      void dialog.request(method, { headers: ['Refer-To: <sip:x@deskside.test>'] });
      const request = await scene.wire.next(method);
      expect(headerOf(request, 'Contact')).to.equal(method === 'REFER' || method === 'NOTIFY' ? `<${GRUU}>` : '', method);
    }
  });

  it('settles with 408 within a limit of ours, as a silent peer keeps sip.js waiting for 32 seconds', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const sending = dialog.request('MESSAGE', text('hello'));
    await scene.wire.next('MESSAGE');
    await scene.wire.advance(10_000);
    expect((await sending).status).to.equal(408);
  });

  it('is not ended by 408 or 481', async () => {
    const scene = await online();
    const log = dialogLog();
    const { dialog } = await scene.connected(log);
    const sending = dialog.request('MESSAGE', text('hello'));
    await scene.wire.say(answer(await scene.wire.next('MESSAGE'), 481));
    await sending;
    void dialog.request('MESSAGE', text('again'));
    await scene.wire.next('MESSAGE');
    expect(log.ends).to.have.length(0);
  });

  it('is ended by BYE with a Reason, and over from then on', async () => {
    const scene = await online();
    const log = dialogLog();
    const { dialog } = await scene.connected(log);
    const ending = dialog.bye({ reason: 'SIP;cause=200;text="End IM"' });
    const bye = await scene.wire.next('BYE');
    expect(headerOf(bye, 'Reason')).to.equal('SIP;cause=200;text="End IM"');
    await scene.wire.say(answer(bye, 200));
    expect((await ending).status).to.equal(200);
    expect((await dialog.request('MESSAGE', text('x'))).status).to.equal(481);
    expect((await dialog.bye()).status).to.equal(481);
    expect(log.ends).to.have.length(0, 'the owner ended it');
  });

  it('waits for the answer to its BYE no longer than told', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const ending = dialog.bye({ limit: 100 });
    await scene.wire.advance(100);
    expect((await ending).status).to.equal(408);
  });

  it("tells of the peer's BYE with its Reason", async () => {
    const scene = await online();
    const log = dialogLog();
    const conversation = await scene.connected(log);
    expect(await conversation.says('BYE', { Reason: 'SIP;cause=200;text="End IM"' })).to.match(/^SIP\/2\.0 200/);
    expect(log.ends).to.deep.equal([{ reason: 'SIP;cause=200;text="End IM"', replaced: false }]);
    expect(await conversation.says('MESSAGE', {}, 'late')).to.match(/^SIP\/2\.0 481/);
  });

  it('is abandoned without a word', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    dialog.abandon();
    await settled();
    expect(scene.wire.unread()).to.have.length(0);
    expect((await dialog.request('MESSAGE', text('x'))).status).to.equal(481);
  });

  it('goes on over the next connection', async () => {
    const scene = await online();
    const log = dialogLog();
    const conversation = await scene.connected(log);
    scene.wire.socket.gone(1006);
    expect((await conversation.dialog.request('MESSAGE', text('gap'))).status).to.equal(0);
    await scene.online();
    expect(await conversation.says('MESSAGE', {}, 'still there?')).to.match(/^SIP\/2\.0 200/);
    const sending = conversation.dialog.request('MESSAGE', text('yes'));
    await scene.wire.say(answer(await scene.wire.next('MESSAGE'), 200));
    expect((await sending).status).to.equal(200);
    expect(log.ends).to.have.length(0);
  });

  it('answers 500 where its owner fails on a request, and stays', async () => {
    const scene = await online();
    const log = dialogLog();
    const conversation = await scene.connected({ ...log, onRequest: () => { throw new Error('a bug'); } }); // prettier-ignore
    expect(await conversation.says('MESSAGE', {}, 'x')).to.match(/^SIP\/2\.0 500/);
    expect(scene.faults).to.deep.equal(['failed on a message']);
    expect(scene.gateway.connected).to.equal(true);
  });
});

describe('sipjs/peer', () => {
  afterEach(strike);

  for (const method of ['MESSAGE', 'INFO', 'NOTIFY', 'REFER', 'INVITE', 'OPTIONS', 'BYE']) {
    it(`refuses a ${method} of somebody who learnt the dialog's ids`, async () => {
      const scene = await online();
      const log = dialogLog();
      const conversation = await scene.connected(log);
      const body = method === 'INVITE' ? JOHNS_OFFER : '';
      const extra = { Event: 'refer', 'Subscription-State': 'active', 'Refer-To': `<${EVE}>` };
      expect(await conversation.says(method, { ...extra, 'P-Asserted-Identity': `<${EVE}>` }, body)).to.match(/^SIP\/2\.0 403/);
      expect([log.requests.length, log.ends.length]).to.deep.equal([0, 0]);
      expect(await conversation.says(method, extra, body)).to.match(/^SIP\/2\.0 200/);
    });
  }

  it('goes by From where nothing is asserted', async () => {
    const scene = await online();
    const log = dialogLog();
    const conversation = await scene.connected(log);
    const nobody = { 'P-Asserted-Identity': 'nonsense' };
    expect(await conversation.says('MESSAGE', nobody, 'x')).to.match(/^SIP\/2\.0 200/);
    expect(await conversation.says('MESSAGE', { ...nobody, From: `<${EVE}>;tag=john` }, 'x')).to.match(/^SIP\/2\.0 403/);
    expect(log.requests).to.have.length(1);
  });

  const SUPPORT = 'sip:support@deskside.test';
  for (const [how, isAsserted, senders] of [
    ['by the GRUU, where the switch did not say', false, [EVE, JOHN]],
    ['as the switch asserts, and believes nobody else, not even who was called', true, [EVE, JOHN, SUPPORT]],
  ] as const)
    it(`knows who answered the address of many ${how}`, async () => {
      const scene = await online();
      const log = dialogLog();
      const invite = scene.gateway.invite({ target: SUPPORT, body: OFFER, events: log });
      const request = await scene.wire.next('INVITE');
      const accepting = scene.accepting(request);
      await scene.wire.say(isAsserted ? accepting : accepting.replace(/P-Asserted-Identity.*\r\n/, ''));
      await invite.final;
      await scene.wire.advance(0);
      const inside = (asserted: string): string =>
        scene.request('MESSAGE', {
          From: `${headerOf(request, 'To')};tag=john`,
          To: headerOf(request, 'From'),
          'Call-ID': headerOf(request, 'Call-ID'),
          'Content-Type': 'text/plain',
          'P-Asserted-Identity': `<${asserted}>`,
          CSeq: `${asserted.length} MESSAGE`,
        }, 'x'); // prettier-ignore
      await scene.wire.say(...senders.map(inside));
      expect(log.requests.map(({ identity }) => identity.address)).to.deep.equal([JOHN]);
    });
});

describe('sipjs/re-invites', () => {
  afterEach(strike);

  it('acknowledges the answer before it settles, and sends the next one after', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const first = dialog.reinvite({ body: OFFER });
    const second = dialog.reinvite({ body: OFFER });
    await settled();
    const request = await scene.wire.next('INVITE');
    expect(scene.wire.unread('INVITE')).to.have.length(0);
    await scene.wire.say(scene.accepting(request));
    expect((await first).status).to.equal(200);
    await scene.wire.next('ACK');
    await scene.wire.say(scene.accepting(await scene.wire.next('INVITE')));
    expect((await second).body?.content).to.equal(ANSWER);
  });

  it('tries again after 491, and after 500 as long as it is asked to wait', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const done = dialog.reinvite({ body: OFFER });
    await settled();
    await scene.wire.say(answer(await scene.wire.next('INVITE'), 491));
    await scene.wire.advance(2000);
    expect(scene.wire.unread('INVITE')).to.have.length(0);
    await scene.wire.advance(100);
    await scene.wire.say(answer(await scene.wire.next('INVITE'), 500, { headers: { 'Retry-After': '3' } }));
    await scene.wire.advance(3000);
    await scene.wire.say(scene.accepting(await scene.wire.next('INVITE')));
    expect((await done).status).to.equal(200);
  });

  it('gives up after four tries, and takes any other refusal as it is', async () => {
    const scene = await online();
    const { dialog } = await scene.connected();
    const stubborn = dialog.reinvite({ body: OFFER });
    for (let count = 0; count < 4; count++) {
      await settled();
      await scene.wire.say(answer(await scene.wire.next('INVITE'), 491));
      await scene.wire.advance(2100);
    }
    expect((await stubborn).status).to.equal(491);
    const refused = dialog.reinvite({ body: OFFER });
    await settled();
    await scene.wire.say(answer(await scene.wire.next('INVITE'), 488));
    expect((await refused).status).to.equal(488);
  });

  it("hands the peer's to the owner, also in the tick of the last ACK, and follows its new target", async () => {
    const scene = await online();
    const log = dialogLog();
    const { invite, request } = await scene.invited();
    const accepting = invite.accept({ body: OFFER, events: log });
    const accepted = await scene.wire.next('SIP/2.0 200');
    const tags = { From: headerOf(request, 'From'), To: headerOf(accepted, 'To'), 'Call-ID': headerOf(request, 'Call-ID') };
    const target = `${JOHN};gr=urn:uuid:moved`;
    const again = scene.request('INVITE', { ...tags, CSeq: '2 INVITE', Contact: `<${target}>` }, JOHNS_OFFER);
    scene.wire.socket.receive(scene.ack(request, accepted));
    scene.wire.socket.receive(again);
    const dialog = await accepting;
    await scene.wire.advance(0);
    expect(log.requests.map(({ method }) => method)).to.deep.equal(['INVITE']);
    const answered = await scene.wire.next('SIP/2.0 200');
    expect([headerOf(answered, 'CSeq'), headerOf(answered, 'Contact')]).to.deep.equal(['2 INVITE', `<${GRUU}>`]);
    await scene.wire.say(scene.ack(again, answered));
    expect(dialog.ref.remoteTarget).to.equal(target);
  });

  it("that asks for an offer gets the owner's in the 200, and the answer comes with the ACK", async () => {
    const scene = await online();
    const bodies: (SipBody | undefined)[] = [];
    const onRequest = (request: IncomingRequest): void => {
      void request.acknowledged?.().then((body) => bodies.push(body));
      request.respond(200, { body: OFFER });
    };
    const conversation = await scene.connected({ ...dialogLog(), onRequest });
    const asked = conversation.request('INVITE');
    await scene.wire.say(asked);
    const offered = await scene.wire.next('SIP/2.0 200');
    expect(bodyOf(offered)).to.equal(OFFER.content);
    await scene.wire.say(scene.ack(asked, offered, ANSWER));
    expect(bodies.map((body) => body?.content)).to.deep.equal([ANSWER]);
    expect(await conversation.says('BYE')).to.match(/^SIP\/2\.0 200/);
  });

  it('that asked for an offer and is never acknowledged ends the dialog, and the owner is told', async () => {
    const scene = await online();
    const log = dialogLog();
    const conversation = await scene.connected({
      ...log,
      onRequest: (request) => {
        void request.acknowledged?.().then((body) => log.requests.push({ ...request, ...(body ? { body } : {}) }));
        request.respond(200, { body: OFFER });
      },
    });
    await scene.wire.say(conversation.request('INVITE'));
    await scene.wire.next('SIP/2.0 200');
    await scene.wire.advance(32_000);
    expect(headerOf(await scene.wire.next('BYE'), 'Reason')).to.contain('No ACK');
    expect(log.ends).to.deep.equal([{ reason: 'SIP;cause=408;text="No ACK"', replaced: false }]);
    expect(
      log.requests.map(({ body }) => body),
      'who waits for the answer is told that there is none',
    ).to.deep.equal([undefined]);
    expect((await conversation.dialog.request('INFO')).status).to.equal(481);
  });
});
