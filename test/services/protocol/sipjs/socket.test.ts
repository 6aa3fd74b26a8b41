import { expect } from '@open-wc/testing';
import { isServiceError } from '../../../../src/services/service-error.js';
import { headerOf, settled } from '../../../support/scripted-socket.js';
import { dialogLog, JOHN, OFFER, online, stage, strike } from './stage.js';

const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (isServiceError(error) ? error.code : String(error)),
  );

describe('sipjs/socket', () => {
  afterEach(strike);

  it('asks for the subprotocol of SIP, and says WSS in its Via where the socket is secure', async () => {
    const { wire } = await online();
    expect(wire.socket.protocols).to.deep.equal(['sip']);
    expect(headerOf(wire.sent[0] ?? '', 'Via')).to.match(/^SIP\/2\.0\/WSS [a-z0-9]+\.invalid;branch=z9hG4bK/);
  });

  it('refuses a malformed URL as configuration, and a switch that is not there as unreachable', async () => {
    const { gateway, wire } = stage();
    expect(await code(gateway.connect('not a url'))).to.equal('configuration');
    wire.opens = false;
    const connecting = code(gateway.connect('wss://switch.test'));
    wire.socket.gone(1006);
    expect(await connecting).to.equal('unreachable');
  });

  it('gives up a socket that never opens', async () => {
    const { gateway, wire } = stage();
    wire.opens = false;
    const connecting = code(gateway.connect('wss://switch.test'));
    await wire.advance(8000);
    expect(await connecting).to.equal('unreachable');
    expect(wire.socket.readyState).to.equal(3);
    expect(wire.timers).to.equal(0);
  });

  it('tells the close code of a lost connection once, and ends what waited for an answer at once', async () => {
    const { gateway, wire, closes } = await online();
    const waiting = gateway.options(30_000);
    await wire.next('OPTIONS');
    wire.socket.gone(1012, 'Switch restarts');
    expect(closes).to.deep.equal([{ code: 1012, reason: 'Switch restarts' }]);
    expect((await waiting).status).to.equal(0);
    expect(gateway.connected).to.equal(false);
    expect(wire.timers).to.equal(0);
  });

  it('does not tell of a connection that it closed itself', async () => {
    const { gateway, closes } = await online();
    await gateway.disconnect();
    expect(closes).to.deep.equal([]);
  });

  it('reads binary frames as text (RFC 7118, 4.2), and refuses a body that is none', async () => {
    const scene = await online();
    const [head = ''] = scene.request('MESSAGE', { 'Content-Type': 'text/plain' }, 'ab').split('ab');
    const bytes = new TextEncoder().encode(`${head}ab`);
    bytes[bytes.length - 1] = 0xff;
    await scene.wire.say(bytes.buffer);
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 415 /);
    await scene.wire.say(new TextEncoder().encode(scene.request('OPTIONS', {})).buffer);
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 200 /);
  });

  it('asks for the frame that will show a text before it reads it, and for nothing else', async () => {
    const { wire, request } = await online();
    let asked = 0;
    Object.assign(wire.environment, { frameSoon: () => (asked += 1) });
    await wire.say(request('OPTIONS', {}));
    expect(asked).to.equal(0);
    await wire.say(request('MESSAGE', { 'Content-Type': 'text/plain' }, 'hello'));
    expect(asked).to.equal(1);
  });

  it('drops nonsense, keep-alives and far too large frames, and stays', async () => {
    const { gateway, wire, faults } = await online();
    await wire.say(new ArrayBuffer(8), '\r\n\r\n', '\r\n', `OPTIONS sip:x SIP/2.0\r\n${'x'.repeat(2_000_000)}`, '\0\0\0', '');
    expect(faults).to.include('far too large');
    expect(wire.unread()).to.deep.equal([]);
    expect(gateway.connected).to.equal(true);
  });

  it('refuses frames over 64 KiB by their header alone', async () => {
    const scene = await online();
    await scene.wire.say(scene.request('MESSAGE', { 'Content-Type': 'text/plain' }, 'x'.repeat(70_000)));
    expect(await scene.wire.next('SIP/2.0')).to.match(/^SIP\/2\.0 513 /);
    expect(scene.messages).to.have.length(0);
  });

  it('refuses messages over 48 KiB before they reach the socket', async () => {
    const { gateway, wire } = await online();
    const body = { contentType: 'text/plain', content: 'x'.repeat(49_000) };
    expect(await code(gateway.message(JOHN, body))).to.equal('too-long');
    expect(await code(gateway.message(JOHN, { ...body, content: '☎'.repeat(17_000) }))).to.equal('too-long');
    expect(
      await code(gateway.invite({ target: JOHN, body: { ...OFFER, content: OFFER.content.padEnd(50_000) }, events: dialogLog() }).final),
    ).to.equal('too-long');
    expect(wire.unread()).to.deep.equal([]);
    expect(wire.timers).to.equal(1, 'the refresh of the registration, and nothing of the refused');
  });

  it('sends nothing where there is no connection', async () => {
    const { gateway, wire } = stage();
    expect((await gateway.options(100)).status).to.equal(0);
    expect((await gateway.invite({ target: JOHN, body: OFFER, events: dialogLog() }).final).response.status).to.equal(0);
    expect(wire.timers).to.equal(0);
  });

  it('ends a connection that is under way when another is asked for', async () => {
    const { gateway, wire } = stage();
    wire.opens = false;
    const first = code(gateway.connect('wss://one.test'));
    wire.opens = true;
    await gateway.connect('wss://two.test');
    expect(await first).to.equal('unreachable');
    expect(gateway.connected).to.equal(true);
    wire.sockets[0]?.open();
    await settled();
    expect(gateway.connected).to.equal(true);
  });
});
