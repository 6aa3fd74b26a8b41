/** What sip.js does to a page unless it is kept from it (docs/wire.md, guard list), beside what the other tests of this folder show. */
import { expect } from '@open-wc/testing';
import { answer, settled } from '../../../support/scripted-socket.js';
import { dialogLog, JOHN, JOHNS_OFFER, OFFER, online, strike } from './stage.js';

const CONSOLE = ['log', 'debug', 'info', 'warn', 'error'] as const;

/** Errors that nobody caught, while `action` runs. */
async function uncaught(action: () => Promise<void>): Promise<string[]> {
  const errors: string[] = [];
  const keep = (event: ErrorEvent | PromiseRejectionEvent): void => {
    errors.push(String('reason' in event ? event.reason : event.message));
    event.preventDefault();
  };
  addEventListener('error', keep);
  addEventListener('unhandledrejection', keep);
  await action();
  await new Promise((resolve) => setTimeout(resolve, 20));
  removeEventListener('error', keep);
  removeEventListener('unhandledrejection', keep);
  return errors;
}

/** Timers of the page that nobody cleared, after `action`. */
async function timersLeft(action: () => Promise<void>): Promise<number> {
  const { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: cease } = globalThis;
  const running = new Set<unknown>();
  const starting = (real: typeof start) => (callback: () => void, ms?: number) => {
    const handle: ReturnType<typeof start> = real(() => { running.delete(handle); callback(); }, ms); // prettier-ignore
    running.add(handle);
    return handle;
  };
  const stopping = (real: typeof stop) => (handle: number) => { running.delete(handle); real(handle); }; // prettier-ignore
  Object.assign(globalThis, {
    setTimeout: starting(start),
    setInterval: starting(repeat as typeof start),
    clearTimeout: stopping(stop),
    clearInterval: stopping(cease),
  });
  try {
    await action();
  } finally {
    Object.assign(globalThis, { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: cease });
  }
  await new Promise((resolve) => start(resolve, 20));
  return running.size;
}

describe('sipjs, guards', () => {
  afterEach(strike);

  it('nothing malformed throws out of the socket, and the stack works on', async () => {
    const scene = await online();
    const good = scene.request('MESSAGE', { 'Content-Type': 'text/plain' }, 'hello');
    const broken = [
      good.replace(/^MESSAGE \S+/, 'MESSAGE mailto:kate@deskside.test'),
      good.replace(/^MESSAGE \S+/, 'MESSAGE http://deskside.test'),
      good.replace(/Content-Type.*\r\n/, ''),
      good.replace('SIP/2.0\r\n', 'SIP/7.0\r\n'),
      good.replace(/CSeq.*\r\n/, 'CSeq: 1 INVITE\r\n'),
      good.replace(/CSeq.*\r\n/, 'CSeq: 99999999999999 MESSAGE\r\n'),
      good.replace(/From.*\r\n/, 'From: <<<;tag=\r\n'),
      good.replace(/Via.*\r\n/, ''),
      good.replace(/Content-Length: \d+/, 'Content-Length: 99999'),
      scene.request('INVITE', { Contact: 'nonsense' }, JOHNS_OFFER),
      scene.request('INVITE', { 'Content-Type': [] }, JOHNS_OFFER),
      scene.request('INVITE', { 'Content-Disposition': ';;;' }, JOHNS_OFFER),
      scene.request('INVITE', { Replaces: ';;' }, JOHNS_OFFER),
      scene.request('NOTIFY', {}),
      scene.request('REFER', { 'Refer-To': '<' }),
      scene.request('PRACK', {}),
      scene.request('UPDATE', {}),
      'SIP/2.0 200 OK\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      good.slice(0, 90),
      'x',
    ];
    const errors = await uncaught(() => scene.wire.say(...broken));
    expect(errors).to.deep.equal([]);
    expect([scene.invites.length, scene.messages.length]).to.deep.equal([0, 0]);
    await scene.wire.say(good);
    expect(scene.messages.map(({ body }) => body?.content)).to.deep.equal(['hello']);
  });

  it('refuses bodies that are no text with 415', async () => {
    const scene = await online();
    await scene.wire.say(scene.request('MESSAGE', { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' }, 'x'));
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 415/);
    expect(scene.messages).to.have.length(0);
  });

  it('refuses a body that is there for something unknown, and ignores it where it may (RFC 3261, 20.11)', async () => {
    const scene = await online();
    for (const disposition of ['x-own', 'X-Own;handling=required', 'early-session']) {
      const line = { 'Content-Type': 'text/plain', 'Content-Disposition': disposition };
      await scene.wire.say(scene.request('MESSAGE', line, 'x'));
      expect(await scene.wire.next('SIP/2.0'), disposition).to.match(/^SIP\/2\.0 415/);
      await scene.wire.say(scene.request('INVITE', { 'Content-Disposition': disposition }, JOHNS_OFFER));
      expect(await scene.wire.next('SIP/2.0'), disposition).to.match(/^SIP\/2\.0 415/);
    }
    expect([scene.messages.length, scene.invites.length]).to.deep.equal([0, 0]);
    const optional = { 'Content-Type': 'text/plain', 'Content-Disposition': 'x-own;handling=Optional' };
    await scene.wire.say(scene.request('MESSAGE', optional, 'not for people'));
    expect(scene.messages.map(({ body }) => body)).to.deep.equal([undefined]);
    const shown = { 'Content-Type': 'text/plain', 'Content-Disposition': 'Render' };
    await scene.wire.say(scene.request('MESSAGE', shown, 'for people'));
    expect(scene.messages.at(-1)?.body?.content).to.equal('for people');
  });

  it('throws nothing on answers that sip.js cannot use', async () => {
    const scene = await online();
    const errors = await uncaught(async () => {
      for (const damage of [/Contact.*\r\n/, /Content-Type.*\r\n/, /;tag=john/]) {
        const { final } = scene.gateway.invite({ target: JOHN, body: OFFER, events: dialogLog(), expires: 1 });
        const request = await scene.wire.next('INVITE');
        await scene.wire.say(scene.accepting(request).replace(damage, ''), answer(request, 500));
        await final;
      }
    });
    expect(errors).to.deep.equal([]);
  });

  it('fails on nothing that its owner does, and answers 500', async () => {
    const scene = await online({ events: { onInvite: () => { throw new Error('a bug'); } } }); // prettier-ignore
    const errors = await uncaught(() => scene.wire.say(scene.request('INVITE', {}, JOHNS_OFFER)));
    expect(errors).to.deep.equal([]);
    expect(scene.faults).to.deep.equal(['failed on a message']);
    expect(scene.wire.unread('SIP/2.0 500')).to.have.length(1);
  });

  it('says nothing on the console', async () => {
    const said: string[] = [];
    const kept = CONSOLE.map((name) => [name, console[name]] as const);
    for (const name of CONSOLE) console[name] = (...words: unknown[]) => void said.push(words.join(' '));
    try {
      const scene = await online();
      const conversation = await scene.connected();
      await conversation.says('MESSAGE', {}, 'a secret');
      await scene.wire.say('nonsense', scene.request('MESSAGE', { 'Content-Type': 'text/plain' }, 'another'));
      void conversation.dialog.request('MESSAGE', { body: { contentType: 'text/plain', content: 'a third' } });
      scene.wire.socket.gone(1006);
      await settled();
      scene.gateway.dispose();
    } finally {
      for (const [name, method] of kept) console[name] = method;
    }
    expect(said).to.deep.equal([]);
  });

  it('leaves no timer, no socket and no frame after `dispose`, whatever was under way', async () => {
    let sentAfter = -1;
    const left = await timersLeft(async () => {
      const scene = await online();
      const conversation = await scene.connected();
      const { invite } = await scene.invited();
      invite.ring();
      const accepted = await scene.invited();
      void accepted.invite.accept({ body: OFFER, events: dialogLog() }).catch(() => undefined);
      void scene.gateway.invite({ target: JOHN, body: OFFER, expires: 60, events: dialogLog() }).final;
      const ringing = await scene.wire.next('INVITE');
      await scene.wire.say(answer(ringing, 180, { tag: 'x', headers: { Contact: `<${JOHN}>` } }));
      const cancelled = scene.gateway.invite({ target: JOHN, body: OFFER, expires: 60, events: dialogLog() });
      await scene.wire.say(answer(await scene.wire.next('INVITE'), 100));
      cancelled.cancel();
      void conversation.dialog.request('MESSAGE', { body: { contentType: 'text/plain', content: 'x' } });
      void conversation.dialog.reinvite({ body: OFFER });
      void scene.gateway.options(5000);
      scene.gateway.subscribe({
        target: JOHN,
        event: 'presence',
        accept: [],
        expires: 60,
        onNotify: () => undefined,
        onEnd: () => undefined,
      });
      await settled();
      const { length } = scene.wire.sent;
      scene.gateway.dispose();
      await settled();
      sentAfter = scene.wire.sent.length - length;
      expect(scene.wire.socket.readyState).to.equal(3);
      expect((await scene.gateway.options(100)).status).to.equal(0);
      await settled();
      expect(scene.wire.timers).to.equal(0);
    });
    expect(sentAfter).to.equal(0);
    expect(left).to.equal(0);
  });

  it('disposes of dialogs that an odd message left half built', async () => {
    const scene = await online();
    const { invite } = await scene.invited();
    invite.ring();
    await scene.wire.say(scene.request('INVITE', { 'Content-Type': 'text/odd', 'Content-Disposition': 'render' }, 'x'));
    scene.invites.at(-1)?.ring();
    expect(() => scene.gateway.dispose()).not.to.throw();
  });

  it('answers page mode, and OPTIONS by itself; refuses what it does not do', async () => {
    const scene = await online();
    await scene.wire.say(scene.request('MESSAGE', { 'Content-Type': 'text/plain' }, 'page'));
    scene.messages[0]?.respond(202);
    scene.messages[0]?.respond(403);
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 202/);
    const contact = { Contact: `<${JOHN}>` };
    for (const [method, status, headers] of [
      ['OPTIONS', 200, {}],
      ['NOTIFY', 481, { ...contact, Event: 'x', 'Subscription-State': 'active' }],
      ['REFER', 405, { ...contact, 'Refer-To': `<${JOHN}>` }],
      ['SUBSCRIBE', 489, { ...contact, Event: 'presence' }],
      ['BYE', 481, {}],
    ] as const) {
      await scene.wire.say(scene.request(method, headers));
      expect(await scene.wire.next('SIP/2.0'), method).to.match(new RegExp(`^SIP/2\\.0 ${status}`));
    }
    expect(scene.wire.unread('SIP/2.0')).to.have.length(0);
  });
});
