import { expect } from '@open-wc/testing';
import { partyOf } from '../../../../src/services/domain/party.js';
import type { ServiceConfig } from '../../../../src/services/service-config.js';
import type { ServiceError } from '../../../../src/services/service-error.js';
import { encodeImOffer } from '../../../../src/services/protocol/codecs/im-sdp.js';
import { invitationBody } from '../../../../src/services/protocol/im/invitation-body.js';
import { CONFIG, Bench, FakeIncoming, settled } from '../fakes.js';

/** John, logged in, and what arrives at him. */
async function john(config: Partial<ServiceConfig> = {}): Promise<Bench> {
  return new Bench().start({ ...CONFIG, address: 'sip:john@deskside.test', displayName: 'John Davis', ...config });
}

function arrives(bench: Bench, options: ConstructorParameters<typeof FakeIncoming>[0] = {}): FakeIncoming {
  const invite = new FakeIncoming(options);
  bench.gateway.events.onInvite(invite);
  return invite;
}

const session = (bench: Bench) => bench.state.read(`session:${bench.state.read('sessions')?.at(-1) ?? ''}`);
const sessionId = (bench: Bench): string => session(bench)?.id ?? '';

describe('An invitation that arrives', () => {
  for (const [media, status] of [
    // A call, to somebody who is not logged in on voice.
    ['audio', 480],
    ['msrp', 488],
    ['unknown', 488],
    ['none', 488],
  ] as const) {
    it(`is answered ${status} when it offers ${media}`, async () => {
      const bench = await john();
      expect(arrives(bench, { media }).answer?.status).to.equal(status);
      expect(session(bench)).to.equal(undefined);
    });
  }

  it('is refused from a foreign domain, unless that is one of ours', async () => {
    const foreign = { address: 'sip:eve@elsewhere.test' };
    expect(arrives(await john(), foreign).answer?.status).to.equal(403);
    expect(arrives(await john({ internalDomains: ['deskside.test', 'Elsewhere.Test'] }), foreign).rang).to.equal(1);
  });

  it('is answered busy above the limit of those that wait, and rings below it', async () => {
    const bench = await john({ maxPending: 20 });
    const all = Array.from({ length: 1000 }, () => arrives(bench));
    expect(all.filter(({ rang }) => rang === 1)).to.have.length(20);
    expect(all.filter(({ answer }) => answer?.status === 486)).to.have.length(980);
  });

  it('rings while the channel is being logged in', async () => {
    const bench = await john({ autoLogin: [] });
    expect(arrives(bench).answer?.status).to.equal(480);
  });

  it('is over when it expires: 487, and missed', async () => {
    const bench = await john();
    const invite = arrives(bench, { expires: 30 });
    await bench.clock.pass(29_999);
    expect(invite.answer).to.equal(undefined);
    await bench.clock.pass(1);
    expect(invite.answer?.status).to.equal(487);
    expect(session(bench)?.outcome).to.deep.equal({ code: 'no-answer' });
  });

  const cancels: readonly [reason: string | undefined, code: string][] = [
    [undefined, 'cancelled'],
    ['SIP;cause=487;text="Invitation withdrawn"', 'cancelled'],
    ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
    ['SIP;cause=603;text="Declined"', 'rejected-elsewhere'],
    ['SIP;cause=408', 'no-answer'],
    ['Q.850;cause=16', 'cancelled'],
    ['\u0000;;;"', 'cancelled'],
  ];
  for (const [reason, code] of cancels) {
    it(`taken back with the reason ${JSON.stringify(reason)} is ${code}`, async () => {
      const bench = await john();
      arrives(bench).cancel(reason);
      expect(session(bench)?.outcome?.code).to.equal(code);
    });
  }

  it('is "accepting" until the caller has acknowledged', async () => {
    const bench = await john();
    const invite = arrives(bench);
    invite.acknowledges = false;
    const accepted = bench.engine
      .execute({ type: 'im.accept', sessionId: sessionId(bench) })
      .catch((error: unknown) => (error as ServiceError).code);
    await settled();
    expect(session(bench)).to.deep.include({ status: 'establishing', pending: 'accepting' });
    await bench.clock.pass(8000);
    expect(await accepted).to.equal('invalid-state');
    expect(session(bench)?.status).to.equal('ended');
  });

  it('cannot be accepted twice, nor after its end', async () => {
    const bench = await john();
    arrives(bench);
    const accept = () =>
      bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) }).catch((error: unknown) => (error as ServiceError).code);
    expect(await Promise.all([accept(), accept()])).to.deep.equal([undefined, 'invalid-state']);
    await bench.engine.execute({ type: 'im.end', sessionId: sessionId(bench) });
    expect(await accept()).to.equal('invalid-state');
    expect(session(bench)).not.to.have.property('pending');
  });

  it('of a stranger without CPIM becomes a session of plain text', async () => {
    const bench = await john();
    const content = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=message 5060 sip null\r\n';
    const invite = arrives(bench, { body: { contentType: 'application/sdp', content } });
    await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
    expect(session(bench)?.plain).to.equal(true);
    await bench.engine.execute({ type: 'im.send', sessionId: sessionId(bench), messageId: 'm', text: 'hi' });
    await settled();
    expect(invite.dialog?.sent[0]?.body).to.deep.equal({ contentType: 'text/plain;charset=UTF-8', content: 'hi' });
    expect(invite.dialog?.receive('MESSAGE', { contentType: 'text/plain', content: 'hello' })).to.equal(200);
  });

  for (const receipts of [true, false]) {
    it(`${receipts ? 'tells' : 'does not tell'} that its first message was read where the caller ${receipts ? 'asks' : 'does not ask'} for it`, async () => {
      const bench = await john();
      const ends = { self: partyOf('sip:kate@deskside.test'), peer: partyOf('sip:john@deskside.test') };
      const { body } = invitationBody({ id: 'm1', text: 'hi', at: 0, seq: 1 }, ends, { sessionId: 1, receipts });
      const invite = arrives(bench, { body });
      await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
      await bench.engine.execute({ type: 'im.read', sessionId: sessionId(bench) });
      await bench.clock.pass(100);
      expect(invite.dialog?.contents('message/cpim')).to.have.length(receipts ? 1 : 0);
    });
  }

  const circleFree = { v: 1, seq: 2, interaction: { id: 'i', media: 'voice', label: 'Call' } };
  const badCases: readonly [name: string, body: string, status: number][] = [
    [
      '10,000 keys',
      JSON.stringify({ ...circleFree, data: Array.from({ length: 10_000 }, (_, at) => ({ key: `k${at}`, value: 'v' })) }),
      413,
    ],
    ['65 keys', JSON.stringify({ ...circleFree, data: Array.from({ length: 65 }, (_, at) => ({ key: `k${at}`, value: 'v' })) }), 400],
    ['a megabyte', JSON.stringify({ ...circleFree, data: [{ key: 'k', value: 'x'.repeat(1_000_000) }] }), 413],
    ['no JSON', '<script>globalThis.harmed = 1</script>', 400],
    ['nesting without end', '['.repeat(8000), 400],
    ['wrong types', JSON.stringify({ ...circleFree, data: { length: 3 } }), 400],
    ['a value that is an object', JSON.stringify({ ...circleFree, data: [{ key: 'k', value: { toString: 'x' } }] }), 400],
    ['only prototype keys', '{"__proto__":{"v":1,"seq":9,"interaction":{},"data":[]}}', 400],
  ];
  const CASE_PART = 'application/vnd.deskside.case+json';
  for (const [name, content, status] of badCases) {
    it(`keeps its session when case data of ${name} follow: ${status}`, async () => {
      const bench = await john();
      const invite = arrives(bench);
      await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
      expect(invite.dialog?.receive('MESSAGE', { contentType: CASE_PART, content })).to.equal(status);
      expect(bench.state.read(`case:${sessionId(bench)}`)).to.equal(undefined);
      expect(invite.dialog?.receive('MESSAGE', { contentType: 'text/plain', content: 'and on' })).to.equal(200);
      expect(session(bench)?.status).to.equal('connected');
      expect('harmed' in globalThis).to.equal(false);
    });

    it(`rings without a case when it brings ${name}`, async () => {
      const bench = await john();
      const offer = encodeImOffer({ address: 'sip:kate@deskside.test', sessionId: 1 });
      const parts = [
        ['application/sdp', offer],
        ['text/plain', 'can you help?'],
        [CASE_PART, content],
      ] as const;
      const body = parts.map(([type, text]) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`).join('');
      const invite = arrives(bench, { body: { contentType: 'multipart/mixed;boundary=b', content: `${body}--b--\r\n` } });
      expect([invite.rang, invite.answer]).to.deep.equal([1, undefined]);
      expect(session(bench)?.interaction).to.equal(undefined);
      expect(bench.state.read(`case:${sessionId(bench)}`)).to.equal(undefined);
      await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
      expect(session(bench)?.status).to.equal('connected');
    });
  }

  it('takes prototype keys of a case for the plain keys that they are', async () => {
    const bench = await john();
    const invite = arrives(bench);
    await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
    const data = '[{"key":"__proto__","label":"constructor","value":"<b>x</b>","__proto__":{"polluted":1}}]';
    const content = JSON.stringify(circleFree).replace(/}$/, `,"data":${data}}`);
    expect(invite.dialog?.receive('MESSAGE', { contentType: CASE_PART, content })).to.equal(200);
    expect(bench.state.read(`case:${sessionId(bench)}`)?.data).to.deep.equal([
      { key: '__proto__', label: 'constructor', value: '<b>x</b>' },
    ]);
    expect({}).not.to.have.property('polluted');
  });

  it('is refused in the words of the agent, in body and header', async () => {
    const bench = await john();
    const invite = arrives(bench);
    await bench.engine.execute({ type: 'im.reject', sessionId: sessionId(bench), text: 'later\r\nInjected: yes' });
    expect(invite.answer?.status).to.equal(603);
    expect(invite.answer?.body?.content).to.contain('later');
    expect(invite.answer?.headers?.join()).not.to.match(/[\r\n]/);
  });
});

describe('What arrives in a session', () => {
  async function connected(config: Partial<ServiceConfig> = {}) {
    const bench = await john(config);
    const invite = arrives(bench);
    await bench.engine.execute({ type: 'im.accept', sessionId: sessionId(bench) });
    if (!invite.dialog) throw new Error('There is no dialog.');
    return { bench, dialog: invite.dialog };
  }

  const answers: readonly [method: string, body: { contentType: string; content: string } | undefined, status: number][] = [
    ['MESSAGE', { contentType: 'text/plain', content: 'x' }, 200],
    ['MESSAGE', undefined, 200],
    ['MESSAGE', { contentType: 'image/png', content: 'x' }, 415],
    ['MESSAGE', { contentType: 'message/cpim', content: '\u0000' }, 400],
    ['OPTIONS', undefined, 200],
    ['INFO', undefined, 405],
    ['REFER', undefined, 405],
    ['INVITE', undefined, 488],
  ];
  for (const [method, body, status] of answers) {
    it(`is answered: ${method} ${body?.contentType ?? 'without a body'} with ${status}`, async () => {
      const { dialog } = await connected();
      expect(dialog.receive(method, body)).to.equal(status);
    });
  }

  it('is refused when it is encoded', async () => {
    const { dialog } = await connected();
    expect(dialog.receive('MESSAGE', { contentType: 'text/plain', content: 'x' }, { 'Content-Encoding': 'gzip' })).to.equal(415);
  });

  it('has the sender’s time only where that can be', async () => {
    const { bench, dialog } = await connected();
    const cpim = (id: string, at: string): void =>
      void dialog.receive('MESSAGE', {
        contentType: 'message/cpim',
        content: `DateTime: ${at}\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: ${id}\r\n\r\nContent-Type: text/plain\r\n\r\n${id}`,
      });
    await bench.clock.pass(10_000);
    cpim('good', new Date(bench.clock.now - 5000).toISOString());
    cpim('future', '2199-01-01T00:00:00Z');
    cpim('past', '1971-01-01T00:00:00Z');
    const times = bench.events.flatMap((event) => (event.type === 'message-received' ? [event.sentAt - bench.clock.now] : []));
    expect(times).to.deep.equal([-5000, 0, 0]);
  });

  it('answers a text once another tab has it, where there are others', async () => {
    const { bench, dialog } = await connected();
    let mirrored: () => void = () => undefined;
    bench.mirrored = () => new Promise((resolve) => (mirrored = resolve));
    const answers = dialog.receiveLater('MESSAGE', { contentType: 'text/plain', content: 'hi' });
    await settled();
    expect(answers).to.deep.equal([]);
    const content = '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>idle</state></isComposing>';
    expect(dialog.receive('MESSAGE', { contentType: 'application/im-iscomposing+xml', content })).to.equal(200);
    mirrored();
    await settled();
    expect(answers).to.deep.equal([200]);
  });

  it('ends with the peer’s BYE, and tells by whom', async () => {
    const { bench, dialog } = await connected();
    dialog.events.onEnd({ replaced: false, reason: 'SIP;cause=200;text="End IM"' });
    expect(session(bench)?.outcome).to.deep.include({ code: 'ended', own: false });
    expect(session(bench)?.outcome?.by?.name).to.equal('Kate Lewis');
  });

  it('does not end because the dialog was replaced', async () => {
    const { bench, dialog } = await connected();
    dialog.events.onEnd({ replaced: true });
    expect(session(bench)?.status).to.equal('connected');
  });

  it('goes on in a new dialog of the same peer, and of nobody else', async () => {
    const { bench, dialog } = await connected();
    const thief = arrives(bench, { replaces: dialog, address: 'sip:eve@deskside.test' });
    await settled();
    expect(thief.answer?.status).to.equal(403);
    const again = arrives(bench, { replaces: dialog });
    await settled();
    expect(again.answer?.status).to.equal(200);
    expect(again.rang).to.equal(0);
    await bench.engine.execute({ type: 'im.send', sessionId: sessionId(bench), messageId: 'm', text: 'still here' });
    await settled();
    expect(dialog.sent).to.deep.equal([]);
    expect(again.dialog?.sent).to.have.length(1);
    expect(bench.state.read('sessions')).to.have.length(1);
  });

  it('is told to be read only once, and again where the answer was lost', async () => {
    const { bench, dialog } = await connected();
    dialog.receive('MESSAGE', {
      contentType: 'message/cpim',
      content:
        'NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: m1\r\nimdn.Disposition-Notification: display\r\n\r\nContent-Type: text/plain\r\n\r\nhi',
    });
    dialog.answers = [408];
    await bench.engine.execute({ type: 'im.read', sessionId: sessionId(bench) });
    await bench.engine.execute({ type: 'im.read', sessionId: sessionId(bench) });
    expect(dialog.contents('message/cpim'), 'the frame that shows the text goes first').to.have.length(0);
    await bench.clock.pass(100);
    expect(dialog.contents('message/cpim')).to.have.length(1);
    await bench.gateway.lose();
    await bench.clock.pass(5000);
    expect(dialog.contents('message/cpim')).to.have.length(2);
    expect(dialog.contents('message/cpim')[1]).to.contain('m1');
  });

  it('needs im-release to be ended here', async () => {
    const { bench, dialog } = await connected({ rights: ['im-use', 'im-make'] });
    const code = await bench.engine
      .execute({ type: 'im.end', sessionId: sessionId(bench) })
      .catch((error: unknown) => (error as ServiceError).code);
    expect(code).to.equal('not-allowed');
    expect(dialog.byes).to.deep.equal([]);
  });
});
