import { expect } from '@open-wc/testing';
import { entries, type MessageEntry } from '../../../../src/services/domain/transcript.js';
import type { ServiceConfig } from '../../../../src/services/service-config.js';
import type { ServiceError } from '../../../../src/services/service-error.js';
import { Bench, response, settled } from '../fakes.js';

const JOHN = 'sip:john@deskside.test';
const text = (content: string): { contentType: string; content: string } => ({ contentType: 'text/plain', content });
const kate = (config: Partial<ServiceConfig> = {}): Promise<Bench> => new Bench().start(config);

const session = (bench: Bench) => bench.state.read(`session:${bench.state.read('sessions')?.at(-1) ?? ''}`);
const id = (bench: Bench): string => session(bench)?.id ?? '';
const lines = (bench: Bench): string[] => {
  const transcript = bench.state.read(`transcript:${id(bench)}`);
  return transcript ? [...entries(transcript)].map((line) => (line.kind === 'system' ? line.code : line.text)) : [];
};
const own = (bench: Bench): (string | undefined)[] => {
  const transcript = bench.state.read(`transcript:${id(bench)}`);
  const all = transcript ? [...entries(transcript)] : [];
  return all.filter((line): line is MessageEntry => line.kind === 'message' && line.own).map(({ state, failure }) => failure ?? state);
};
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (error as ServiceError).code,
  );

describe('A single message that arrives outside a dialog', () => {
  it('waits like an invitation; further ones join it; an answer goes back the same way', async () => {
    const bench = await kate();
    expect(bench.gateway.page(JOHN, text('are you there?'))).to.equal(200);
    expect(bench.gateway.page(JOHN, text('hello?'))).to.equal(200);
    expect(session(bench)).to.deep.include({ status: 'establishing', direction: 'incoming', page: true, plain: true, unread: 2 });
    expect(lines(bench)).to.deep.equal(['invited', 'are you there?', 'hello?']);
    expect(bench.gateway.messages).to.deep.equal([]);
    await bench.engine.execute({ type: 'im.accept', sessionId: id(bench) });
    expect(session(bench)?.status).to.equal('connected');
    await bench.engine.execute({ type: 'im.send', sessionId: id(bench), messageId: 'm', text: 'yes' });
    await settled();
    expect(bench.gateway.messages.map(({ target, body }) => [target, body.content])).to.deep.equal([[JOHN, 'yes']]);
    expect(own(bench)).to.deep.equal(['delivered']);
    await bench.engine.execute({ type: 'im.end', sessionId: id(bench) });
    expect(session(bench)?.outcome).to.deep.include({ code: 'ended', own: true });
    expect(bench.gateway.messages).to.have.length(1);
  });

  it('begins a new session after the last one ended', async () => {
    const bench = await kate();
    bench.gateway.page(JOHN, text('one'));
    await bench.engine.execute({ type: 'im.reject', sessionId: id(bench) });
    bench.gateway.page(JOHN, text('two'));
    expect(bench.state.read('sessions')).to.have.length(2);
    expect(lines(bench)).to.deep.equal(['invited', 'two']);
  });

  it('is rejected with words as one more message, for nothing else would reach the sender', async () => {
    const bench = await kate();
    bench.gateway.page(JOHN, text('one'));
    await bench.engine.execute({ type: 'im.reject', sessionId: id(bench), text: 'in a meeting' });
    await settled();
    expect(bench.gateway.messages.map(({ body }) => body.content)).to.deep.equal(['in a meeting']);
    expect(session(bench)?.outcome).to.deep.include({ code: 'rejected', own: true, text: 'in a meeting' });
  });

  it('is refused like an invitation: right, log-in, Do Not Disturb, limit, domain', async () => {
    expect((await kate({ rights: ['voice'] })).gateway.page(JOHN, text('x'))).to.equal(603);
    expect((await kate({ autoLogin: [] })).gateway.page(JOHN, text('x'))).to.equal(480);
    const busy = await kate();
    await busy.engine.execute({ type: 'channel.set', channel: 'im', setting: 'do-not-disturb' });
    expect(busy.gateway.page(JOHN, text('x'))).to.equal(486);
    const full = await kate({ maxPending: 1 });
    expect(full.gateway.page(JOHN, text('x'))).to.equal(200);
    expect(full.gateway.page('sip:aki@deskside.test', text('x'))).to.equal(486);
    expect(full.gateway.page('sip:eve@elsewhere.test', text('x'))).to.equal(403);
    expect(full.state.read('sessions')).to.have.length(1);
  });

  it('holds a limited number while nobody answers', async () => {
    const bench = await kate();
    const answers = Array.from({ length: 150 }, (_, at) => bench.gateway.page(JOHN, text(`n${at}`)));
    expect(answers.filter((status) => status === 200)).to.have.length(100);
    expect(answers.at(-1)).to.equal(486);
  });

  it('is refused where it is no text: 415 with what is taken, and never a session of a typing notice', async () => {
    const bench = await kate();
    expect(bench.gateway.page(JOHN, { contentType: 'image/png', content: 'x' })).to.equal(415);
    expect(bench.gateway.page(JOHN, text('x'), { 'Content-Encoding': 'gzip' })).to.equal(415);
    expect(bench.gateway.page(JOHN, { contentType: 'application/vnd.deskside.case+json', content: '{}' })).to.equal(400);
    expect(bench.gateway.page(JOHN, text('x'.repeat(40_000)))).to.equal(413);
    expect(session(bench)).to.equal(undefined);
  });
});

describe('A session that the other device refused', () => {
  async function refused(status = 488): Promise<Bench> {
    const bench = await kate();
    const target = { type: 'agent', address: JOHN, name: 'John Davis' } as const;
    await bench.engine.execute({ type: 'im.open', sessionId: 's', target });
    await bench.engine.execute({ type: 'im.send', sessionId: 's', messageId: 'one', text: 'one' });
    await bench.engine.execute({ type: 'im.send', sessionId: 's', messageId: 'two', text: 'two' });
    await bench.gateway.invites.at(-1)?.refuse(response(status));
    return bench;
  }

  for (const status of [415, 488, 500]) {
    it(`by ${status} goes on in single messages, with what could not be delivered; the first answer connects`, async () => {
      const bench = await refused(status);
      expect(session(bench)?.outcome?.code).to.equal('unsupported');
      await bench.engine.execute({ type: 'im.page', sessionId: 's' });
      await settled();
      expect(session(bench)).to.deep.include({ status: 'establishing', page: true });
      expect(session(bench)?.outcome).to.equal(undefined);
      expect(bench.gateway.messages.map(({ body }) => body.content)).to.deep.equal(['one', 'two']);
      expect(own(bench)).to.deep.equal(['delivered', 'delivered']);
      expect(bench.gateway.page(JOHN, text('got both'))).to.equal(200);
      expect(session(bench)).to.deep.include({ status: 'connected', plain: true });
      expect(lines(bench)).to.deep.equal(['invited', 'one', 'two', 'ended.unsupported', 'page-mode', 'accepted', 'got both']);
    });
  }

  const answers: readonly [status: number, state: string][] = [
    [202, 'sent'],
    [403, 'not-allowed'],
    [404, 'no-such-agent'],
    [405, 'unsupported'],
    [408, 'no-answer'],
    [413, 'too-long'],
    [415, 'type-refused'],
    [480, 'not-logged-in'],
    [481, 'failed'],
    [486, 'busy'],
    [500, 'failed'],
    [603, 'not-allowed'],
  ];
  for (const [status, state] of answers) {
    it(`says of a single message answered ${status}: ${state}; nothing goes out twice by itself`, async () => {
      const bench = await refused();
      bench.gateway.messageAnswers = [status];
      await bench.engine.execute({ type: 'im.page', sessionId: 's' });
      await bench.clock.pass(60_000);
      expect(own(bench)).to.deep.equal([state, 'delivered']);
      expect(bench.gateway.messages).to.have.length(2);
    });
  }

  it('holds what a lost connection keeps back', async () => {
    const bench = await refused();
    bench.gateway.messageAnswers = [503];
    await bench.engine.execute({ type: 'im.page', sessionId: 's' });
    await bench.clock.pass(30_000);
    expect(own(bench)).to.deep.equal(['delivered', 'delivered']);
    expect(bench.gateway.messages.map(({ body }) => body.content)).to.deep.equal(['one', 'one', 'two']);
  });

  it('is offered only then, and needs the right', async () => {
    const bench = await refused(486);
    expect(await codeOf(bench.engine.execute({ type: 'im.page', sessionId: 's' }))).to.equal('invalid-state');
    expect(await codeOf(bench.engine.execute({ type: 'im.page', sessionId: 'none' }))).to.equal('not-found');
    const other = await refused();
    await other.engine.execute({ type: 'account.update', rights: ['im-use'] });
    expect(await codeOf(other.engine.execute({ type: 'im.page', sessionId: 's' }))).to.equal('not-allowed');
  });

  it('is picked up by a successor without any dialog', async () => {
    const bench = await refused();
    await bench.engine.execute({ type: 'im.page', sessionId: 's' });
    bench.gateway.page(JOHN, text('hi'));
    await settled();
    const next = new Bench();
    for (const event of bench.events) if (event.type !== 'connection') next.state.apply(event);
    await next.start();
    expect(session(next)?.status).to.equal('connected');
    await next.engine.execute({ type: 'im.send', sessionId: 's', messageId: 'three', text: 'three' });
    await settled();
    expect(next.gateway.messages.map(({ body }) => body.content)).to.deep.equal(['three']);
    expect(own(next)).to.deep.equal(['delivered', 'delivered', 'delivered']);
  });
});
