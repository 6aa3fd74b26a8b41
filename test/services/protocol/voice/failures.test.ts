/** Every failure of the wire in a call, by a gateway that does as it is told. */
import { expect } from '@open-wc/testing';
import { voiceWords } from '../../../../src/components/internal/strings/en/voice.js';
import { FakeIncoming, response, settled } from '../fakes.js';
import { BODY, connected, desk, JOHN, made } from './desk.js';

describe('A call and what the wire answers', () => {
  const outcomes: readonly [status: number, headers: Record<string, string>, rings: boolean, code: string][] = [
    [403, {}, false, 'not-allowed'],
    [404, {}, false, 'no-such-agent'],
    [408, {}, false, 'no-answer'],
    [480, {}, false, 'not-logged-in'],
    [480, {}, true, 'no-answer'],
    [486, {}, true, 'busy'],
    [486, { Reason: 'SIP;cause=486;text="do-not-disturb"' }, false, 'do-not-disturb'],
    [488, {}, false, 'unsupported'],
    [500, {}, false, 'unsupported'],
    [502, {}, false, 'unreachable'],
    [503, {}, false, 'unreachable'],
    [603, {}, true, 'rejected'],
    [603, { Warning: '399 x "no"' }, false, 'not-allowed'],
    [0, {}, false, 'unreachable'],
  ];
  for (const [status, headers, rings, code] of outcomes) {
    it(`${status}${rings ? ' after ringing' : ''}${Object.keys(headers).join()}: ${code}, in words`, async () => {
      const kate = await desk();
      const invite = await kate.dial();
      if (rings) invite.ring();
      await invite.refuse(response(status, headers));
      expect(kate.call).to.deep.include({ status: 'ended' });
      expect(kate.call.outcome?.code).to.equal(code);
      expect(Object.keys(voiceWords)).to.include(`outcome.${code}`);
      expect(kate.sound.asked.at(-1), 'the microphone is given back').to.equal('close');
    });
  }

  it('an answer whose sound the browser cannot take is ended with 488', async () => {
    const kate = await desk();
    const dialog = await (await kate.dial()).accept();
    await settled();
    expect(dialog.byes[0]).to.contain('488');
    expect(kate.call.outcome?.code).to.equal('unsupported');
  });

  for (const [status, code] of [
    [403, 'not-allowed'],
    [488, 'unsupported'],
    [491, 'busy'],
    [500, 'unsupported'],
    [503, 'unreachable'],
    [606, 'invalid-state'],
  ] as const) {
    it(`a hold that is answered ${status} leaves the call as it was: ${code}`, async () => {
      const { kate, dialog } = await connected();
      dialog.reinvite = async (options) => {
        await made(options);
        return response(status);
      };
      const result = kate.give({ type: 'call.hold', callId: 'c' });
      expect(await result).to.equal(code);
      expect(kate.call.status).to.equal('connected');
      expect(kate.call.pending).to.equal(undefined);
      expect(kate.sound.asked.slice(-2)).to.deep.equal(['offer', 'rollback']);
    });
  }

  it('a re-INVITE that finds no dialog ends the call: 481', async () => {
    const { kate, dialog } = await connected();
    dialog.reinvite = () => Promise.resolve(response(481));
    await kate.give({ type: 'call.hold', callId: 'c' });
    await settled();
    expect(kate.call.outcome?.code).to.equal('connection-lost');
  });

  it('a re-INVITE that asks for an offer gets one, and its ACK has the answer; without one everything stays as it was', async () => {
    const { kate, dialog } = await connected();
    kate.sound.replies = { settle: { heldByPeer: true } };
    dialog.ack = Promise.resolve(BODY);
    dialog.receive('INVITE');
    await settled();
    expect(kate.sound.asked.slice(-2)).to.deep.equal(['offer', 'settle']);
    expect(kate.call.heldByPeer).to.equal(true);
    dialog.ack = Promise.resolve(undefined);
    dialog.receive('INVITE');
    await settled();
    expect(kate.sound.asked.slice(-2)).to.deep.equal(['offer', 'rollback']);
    kate.sound.replies = { offer: { trouble: 'microphone-missing' } };
    dialog.receive('INVITE');
    await settled();
    expect(kate.call).to.deep.include({ status: 'connected', heldByPeer: true });
  });

  it('an own change waits until the offer that the other side asked for is answered', async () => {
    const { kate, dialog } = await connected();
    let answer: (body: typeof BODY) => void = () => undefined;
    dialog.ack = new Promise((resolve) => (answer = resolve));
    dialog.reinvite = async (options) => {
      await made(options);
      return response(200, {}, { body: BODY });
    };
    dialog.receive('INVITE');
    await settled();
    const holding = kate.give({ type: 'call.hold', callId: 'c' });
    await settled();
    expect(kate.sound.asked.filter((what) => what === 'offer')).to.have.length(2);
    answer(BODY);
    expect(await holding).to.equal(undefined);
    expect(kate.sound.asked.slice(-4)).to.deep.equal(['offer', 'settle', 'offer', 'settle']);
    expect(kate.call.status).to.equal('held');
  });

  it('a refused REFER leaves the call, and says why', async () => {
    for (const [status, code, error] of [
      [403, 'not-allowed', 'not-allowed'],
      [405, 'unsupported', 'unsupported'],
      [603, 'rejected', 'rejected'],
      [0, 'unreachable', 'unreachable'],
    ] as const) {
      const { kate, dialog } = await connected();
      dialog.answers = [status];
      expect(await kate.give({ type: 'call.transfer', callId: 'c', target: { ...JOHN, address: 'sip:aki@deskside.test' } })).to.equal(
        error,
      );
      expect(kate.call).to.deep.include({ status: 'connected' });
      expect(kate.call.transfer?.outcome?.code).to.equal(code);
    }
  });

  it('a transfer follows the NOTIFYs, and a silent one ends by itself', async () => {
    const { kate, dialog } = await connected();
    dialog.answers = [202];
    const target = { ...JOHN, address: 'sip:aki@deskside.test' };
    const done = kate.give({ type: 'call.transfer', callId: 'c', target });
    await settled();
    const sipfrag = (line: string) => ({ contentType: 'message/sipfrag', content: `${line}\r\n` });
    expect(dialog.receive('NOTIFY', sipfrag('SIP/2.0 100 Trying'), { 'Subscription-State': 'active' })).to.equal(200);
    dialog.receive('NOTIFY', sipfrag('SIP/2.0 180 Ringing'), { 'Subscription-State': 'active' });
    expect(kate.call.transfer?.status).to.equal('ringing');
    dialog.receive('NOTIFY', sipfrag('SIP/2.0 486 Busy'), { 'Subscription-State': 'terminated' });
    expect(await done).to.equal('busy');
    dialog.answers = [202];
    const silent = kate.give({ type: 'call.transfer', callId: 'c', target });
    await kate.clock.pass(80_000);
    expect(await silent).to.equal('no-answer');
    expect(kate.call.status).to.equal('connected');
  });

  it('is not sent outside the own contact centre, nor while something else is under way', async () => {
    const { kate, dialog } = await connected();
    expect(dialog.receive('REFER', undefined, { 'Refer-To': '<sip:eve@elsewhere.test>' })).to.equal(403);
    expect(dialog.receive('REFER', undefined, { 'Refer-To': '<tel:+1>' })).to.equal(400);
    expect(dialog.receive('REFER', undefined, { 'Refer-To': '<sip:aki@deskside.test>' })).to.equal(202);
    expect(dialog.receive('REFER', undefined, { 'Refer-To': '<sip:aki@deskside.test>' })).to.equal(491);
    await settled();
    await kate.gateway.invites.at(-1)?.refuse(response(486));
    expect(dialog.sent.at(-1)?.body?.content).to.contain('SIP/2.0 486');
    expect(kate.call.status).to.equal('connected');
    expect(kate.call.transfer).to.equal(undefined);
    expect(dialog.receive('NOTIFY', undefined, {})).to.equal(481);
  });

  it('what only rings is over when the switch is lost', async () => {
    const kate = await desk();
    const invite = await kate.dial();
    invite.ring();
    await kate.gateway.lose();
    expect(kate.call.outcome?.code).to.equal('connection-lost');
  });

  it('sends tones by INFO where they do not go in the sound, and says so where they do not go at all', async () => {
    const { kate, dialog } = await connected();
    kate.sound.replies = { tones: { sent: false } };
    expect(await kate.give({ type: 'call.dtmf', callId: 'c', tones: '1#' })).to.equal(undefined);
    expect(dialog.contents('application/dtmf-relay').map((content) => content.split('\r\n')[0])).to.deep.equal(['Signal=1', 'Signal=#']);
    dialog.answers = [415];
    expect(await kate.give({ type: 'call.dtmf', callId: 'c', tones: '1' })).to.equal('unsupported');
  });

  it('can be answered by the page in the moment in which it rings', async () => {
    const kate = await desk();
    let answered: Promise<unknown> | undefined;
    kate.state.events.add((event) => {
      if (event.type === 'call' && event.call.status === 'alerting')
        answered ??= kate.give({ type: 'call.answer', callId: event.call.id, tab: 't' });
    });
    kate.gateway.events.onInvite(new FakeIncoming({ media: 'audio', body: BODY }));
    expect(await answered).to.equal(undefined);
    expect(kate.state.read('calls')?.map((id) => kate.state.read(`call:${id}`)?.status)).to.deep.equal(['connected']);
  });

  it('more than six calls are answered busy', async () => {
    const kate = await desk();
    const calls = Array.from({ length: 7 }, () => new FakeIncoming({ media: 'audio', body: BODY }));
    for (const call of calls) kate.gateway.events.onInvite(call);
    expect(calls.map(({ answer }) => answer?.status)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      486,
    ]);
  });
});
