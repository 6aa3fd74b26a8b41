import { expect } from '@open-wc/testing';
import type { Credentials, CredentialRequest } from '../../../../src/services/service-config.js';
import type { SipResponse } from '../../../../src/services/protocol/gateway.js';
import { answer, headerOf } from '../../../support/scripted-socket.js';
import type { Stage } from './stage.js';
import { GRUU, online, stage, strike } from './stage.js';

const CHALLENGE = 'Digest realm="deskside.test", nonce="n1", qop="auth", algorithm=SHA-256';
const MD5 = CHALLENGE.replace('SHA-256', 'MD5');

/** The refusals of a registrar, in order, then 200. What was sent, and how it ended. */
async function register(
  credentials: Credentials | undefined,
  challenges: readonly (readonly string[])[],
): Promise<{ scene: Stage; requests: string[]; status: number }> {
  const scene = stage(credentials === undefined ? {} : { credentials });
  await scene.gateway.connect('wss://switch.test');
  const statuses: number[] = [];
  void scene.gateway.register({ expires: 600, features: [], onLost: () => undefined }).then(({ status }) => void statuses.push(status));
  const requests: string[] = [];
  for (const values of [...challenges, []]) {
    const request = await scene.wire.next('REGISTER').catch(() => undefined);
    if (request === undefined) break;
    requests.push(request);
    await scene.wire.say(values.length ? answer(request, 401, { headers: { 'WWW-Authenticate': values } }) : scene.registered(request));
    if (statuses.length) break;
  }
  return { scene, requests, status: statuses[0] ?? -1 };
}

describe('sipjs/registration', () => {
  afterEach(strike);

  it('learns the GRUU and the expiry of its own contact among those of other devices, and refreshes in time', async () => {
    const { gateway, wire } = await online();
    expect(gateway.gruu).to.equal(GRUU);
    await wire.advance(479_000);
    expect(wire.unread('REGISTER')).to.have.length(0);
    await wire.advance(2000);
    const look = await wire.next('REGISTER');
    expect([headerOf(look, 'CSeq'), headerOf(look, 'Contact')]).to.deep.equal(['2 REGISTER', '']);
    await wire.say(answer(look, 200, { headers: { Contact: headerOf(wire.sent[0] ?? '', 'Contact') } }));
    expect(headerOf(await wire.next('REGISTER'), 'CSeq')).to.equal('3 REGISTER');
  });

  /** A registration that runs out in 100 s, its own contact in what the registrar lists, and what its refresh found. */
  async function beforeRefresh(): Promise<{ scene: Stage; own: string; ended: string[] }> {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const ended: string[] = [];
    const onLost = ({ status }: SipResponse): number => ended.push(`${status}`);
    void scene.gateway.register({ expires: 100, features: [], onLost, onTaken: () => ended.push('taken') });
    const request = await scene.wire.next('REGISTER');
    await scene.wire.say(scene.registered(request, 100));
    await scene.wire.advance(80_000);
    return { scene, own: headerOf(request, 'Contact'), ended };
  }

  it('does not take the device back from a page that has registered as it meanwhile', async () => {
    const { scene, own, ended } = await beforeRefresh();
    const look = await scene.wire.next('REGISTER');
    await scene.wire.say(answer(look, 200, { headers: { Contact: own.replace(/^<sip:\w+/, '<sip:another') } }));
    expect(ended).to.deep.equal(['taken']);
    expect(scene.wire.unread('REGISTER')).to.have.length(0);
  });

  it('registers where nobody is registered, and where the registrar does not say who is', async () => {
    for (const status of [200, 405]) {
      const { scene, ended } = await beforeRefresh();
      await scene.wire.say(answer(await scene.wire.next('REGISTER'), status));
      await scene.wire.say(scene.registered(await scene.wire.next('REGISTER'), 100));
      expect(ended).to.deep.equal([]);
    }
  });

  it('knows its contact again as a registrar writes it that puts another address into it', async () => {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const registered = scene.gateway.register({ expires: 600, features: [], onLost: () => undefined });
    const rewritten = (request: string): string =>
      headerOf(request, 'Contact').replace(/^<[^>]+>/, '<sip:kate@192.0.2.1:4711;transport=ws>');
    const request = await scene.wire.next('REGISTER');
    await scene.wire.say(answer(request, 200, { headers: { Contact: rewritten(request) } }));
    await registered;
    for (const [contact, isTaken] of [
      [rewritten(request), false],
      [headerOf(request, 'Contact'), true],
    ] as const) {
      const seen = scene.gateway.look();
      await scene.wire.say(answer(await scene.wire.next('REGISTER'), 200, { headers: { Contact: contact } }));
      expect(await seen).to.deep.equal({ status: 200, isTaken });
    }
  });

  it('tells when a refresh is refused', async () => {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const lost: SipResponse[] = [];
    void scene.gateway.register({ expires: 100, features: [], onLost: (response) => void lost.push(response) });
    await scene.wire.say(scene.registered(await scene.wire.next('REGISTER'), 100));
    await scene.wire.advance(80_000);
    for (let n = 0; n < 2; n += 1) await scene.wire.say(answer(await scene.wire.next('REGISTER'), 503));
    expect(lost.map(({ status }) => status)).to.deep.equal([503]);
  });

  it('names instance, reg-id and features in its Contact', async () => {
    const { wire } = await online();
    expect(headerOf(wire.sent[0] ?? '', 'Contact')).to.match(
      /^<sip:\w+@\w+\.invalid;transport=ws>;reg-id=1;\+sip\.instance="<urn:uuid:[\w-]+>";\+g\.deskside\.im;expires=600$/,
    );
  });

  it('asks for no less than the registrar takes', async () => {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const registered = scene.gateway.register({ expires: 60, features: [], onLost: () => undefined });
    await scene.wire.say(answer(await scene.wire.next('REGISTER'), 423, { headers: { 'Min-Expires': '120' } }));
    const again = await scene.wire.next('REGISTER');
    expect(headerOf(again, 'Expires')).to.equal('120');
    await scene.wire.say(scene.registered(again, 120));
    expect((await registered).status).to.equal(200);
  });

  it('registers anew at once after the socket died under a REGISTER', async () => {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const first = scene.gateway.register({ expires: 600, features: [], onLost: () => undefined });
    await scene.wire.next('REGISTER');
    scene.wire.socket.gone(1006);
    expect((await first).status).to.equal(0);
    await scene.gateway.connect('wss://switch.test');
    const second = scene.gateway.register({ expires: 600, features: [], onLost: () => undefined });
    await scene.wire.say(scene.registered(await scene.wire.next('REGISTER')));
    expect((await second).status).to.equal(200);
  });

  it('settles with 408 where the switch is silent, long before 32 seconds', async () => {
    const scene = stage();
    await scene.gateway.connect('wss://switch.test');
    const registered = scene.gateway.register({ expires: 600, features: [], onLost: () => undefined });
    await scene.wire.advance(10_000);
    expect((await registered).status).to.equal(408);
  });

  it('removes its binding alone', async () => {
    const { gateway, wire } = await online();
    const gone = gateway.unregister();
    const request = await wire.next('REGISTER');
    expect(headerOf(request, 'Contact')).to.match(/expires=0$/);
    await wire.say(answer(request, 200));
    expect((await gone).status).to.equal(200);
    expect(wire.timers).to.equal(0);
  });
});

describe('sipjs/authenticator', () => {
  afterEach(strike);

  it('answers SHA-256, the strongest of several challenges, with a new CSeq in the same Call-ID', async () => {
    const { requests, status } = await register('secret', [[MD5, CHALLENGE]]);
    expect(status).to.equal(200);
    const [first = '', second = ''] = requests;
    expect(headerOf(second, 'Authorization')).to.match(/^Digest username="kate".*algorithm=SHA-256.*qop=auth/);
    expect(headerOf(second, 'CSeq')).to.equal('2 REGISTER');
    expect(headerOf(second, 'Call-ID')).to.equal(headerOf(first, 'Call-ID'));
    expect(headerOf(second, 'From')).to.equal(headerOf(first, 'From'));
  });

  it('answers the challenge that an HA1 fits', async () => {
    const { requests, status } = await register({ ha1: 'a'.repeat(32) }, [[CHALLENGE, MD5]]);
    expect(status).to.equal(200);
    expect(headerOf(requests[1] ?? '', 'Authorization')).to.contain('algorithm=MD5');
  });

  it('answers the challenge that an HA1 fits which a function has yet to give', async () => {
    const { requests, status } = await register(() => Promise.resolve({ ha1: 'a'.repeat(32) }), [[CHALLENGE, MD5]]);
    expect(status).to.equal(200);
    expect(headerOf(requests[1] ?? '', 'Authorization')).to.contain('algorithm=MD5');
  });

  it('sends a bearer token', async () => {
    const { requests } = await register({ token: 'abc.def' }, [['Bearer realm="x"']]);
    expect(headerOf(requests[1] ?? '', 'Authorization')).to.equal('Bearer abc.def');
  });

  it('does not try a refused password twice', async () => {
    const { requests, status } = await register('wrong', [[CHALLENGE], [CHALLENGE.replace('n1', 'n2')], [CHALLENGE]]);
    expect(status).to.equal(401);
    expect(requests).to.have.length(2);
  });

  it('asks the function once it is challenged, and again after a refusal; with the same secret it gives up', async () => {
    const asked: CredentialRequest[] = [];
    const secrets = ['old', 'new', 'new'];
    const ask = (request: CredentialRequest): Promise<string> => Promise.resolve((asked.push(request), secrets[asked.length - 1] ?? 'new'));
    const { requests, status } = await register(ask, [[CHALLENGE], [CHALLENGE.replace('n1', 'n2')]]);
    expect(status).to.equal(200);
    expect(requests).to.have.length(3);
    expect(asked).to.deep.equal([
      { realm: 'deskside.test', attempt: 0 },
      { realm: 'deskside.test', attempt: 1 },
    ]);
    const same = await register(() => 'same', [[CHALLENGE], [CHALLENGE], [CHALLENGE], [CHALLENGE]]);
    expect(same.status).to.equal(401);
    expect(same.requests).to.have.length(2);
  });

  it('never loops, however many new secrets and stale nonces there are', async () => {
    let count = 0;
    const endless = Array.from({ length: 9 }, () => [CHALLENGE]);
    expect((await register(() => `secret ${(count += 1)}`, endless)).requests).to.have.length(4);
    const stale = await register(
      'secret',
      endless.map(() => [`${CHALLENGE}, stale=true`]),
    );
    expect(stale.requests).to.have.length(4);
    expect(stale.status).to.equal(401);
  });

  it('takes a new nonce for a stale one without asking anybody', async () => {
    let count = 0;
    const { status } = await register(() => `secret ${(count += 1)}`, [[CHALLENGE], [`${CHALLENGE.replace('n1', 'n2')}, stale=true`]]);
    expect(status).to.equal(200);
    expect(count).to.equal(1);
  });

  it('leaves the refusal as it is where there is no secret, or the function fails', async () => {
    expect((await register(undefined, [[CHALLENGE]])).status).to.equal(401);
    expect((await register(() => Promise.reject(new Error('offline')), [[CHALLENGE]])).status).to.equal(401);
  });

  it('answers a proxy for any request', async () => {
    const { gateway, wire } = await online({ credentials: 'secret' });
    const asked = gateway.options(5000);
    const first = await wire.next('OPTIONS');
    await wire.say(answer(first, 407, { headers: { 'Proxy-Authenticate': CHALLENGE } }));
    const second = await wire.next('OPTIONS');
    expect(headerOf(second, 'Proxy-Authorization')).to.match(/^Digest /);
    await wire.say(answer(second, 200));
    expect((await asked).status).to.equal(200);
  });
});
