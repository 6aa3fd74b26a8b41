/** The WebSocket in memory, in a real browser: like a real one where it matters. */
import { expect } from '@open-wc/testing';
import { createSwitch, type Switch } from '../../demo/switch/core/switch.js';
import { memorySocket, type FrameFate, type MemoryNetwork } from '../../demo/switch/memory-socket.js';

const URL_OF_SWITCH = 'ws://switch.test/';
const OPTIONS = (id: number): string =>
  `OPTIONS sip:deskside.test SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK${id}\r\nMax-Forwards: 70\r\nFrom: <sip:kate@deskside.test>;tag=1\r\n` +
  `To: <sip:deskside.test>\r\nCall-ID: a\r\nCSeq: ${id} OPTIONS\r\nContent-Length: 0\r\n\r\n`;

const once = <Kind extends Event = Event>(target: EventTarget, type: string): Promise<Kind> =>
  new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as Kind), { once: true }));

describe('memory socket', () => {
  let target: Switch;
  let network: MemoryNetwork;

  beforeEach(() => {
    target = createSwitch({
      domain: 'deskside.test',
      accounts: [],
      now: () => Date.now(),
      randomId: () => crypto.randomUUID(),
      setTimeout: (callback, ms) => setTimeout(callback, ms),
      clearTimeout: (handle) => clearTimeout(handle as number),
    });
    network = memorySocket(target);
  });

  afterEach(() => target.stop());

  async function open(): Promise<WebSocket> {
    const socket = network(URL_OF_SWITCH, ['sip']);
    await once(socket, 'open');
    return socket;
  }

  it('opens in a later task, with the subprotocol', async () => {
    const socket = network(URL_OF_SWITCH, 'sip');
    expect(socket.readyState).to.equal(WebSocket.CONNECTING);
    expect(() => socket.send('x')).to.throw(DOMException);
    await once(socket, 'open');
    expect(socket.readyState).to.equal(WebSocket.OPEN);
    expect(socket.protocol).to.equal('sip');
    expect(() => network('not a url')).to.throw();
  });

  it('delivers each message in a task of its own, in order', async () => {
    const socket = await open();
    const seen: string[] = [];
    const done = new Promise<void>((resolve) => {
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        seen.push(/CSeq: (\d+)/.exec(data)?.[1] ?? '?');
        queueMicrotask(() => seen.push('microtask'));
        if (seen.filter((entry) => entry !== 'microtask').length === 3) setTimeout(resolve);
      };
    });
    for (const id of [1, 2, 3]) socket.send(OPTIONS(id));
    expect(seen).to.deep.equal([]);
    await done;
    expect(seen).to.deep.equal(['1', 'microtask', '2', 'microtask', '3', 'microtask']);
  });

  it('closes from either side with a code', async () => {
    const socket = await open();
    const closed = once<CloseEvent>(socket, 'close');
    socket.close(1000, 'bye');
    expect(socket.readyState).to.equal(WebSocket.CLOSING);
    expect((await closed).code).to.equal(1000);
    expect(target.counts.connections).to.equal(0);
    const other = await open();
    const stopped = once<CloseEvent>(other, 'close');
    target.stop();
    const event = await stopped;
    expect([event.code, event.wasClean]).to.deep.equal([1001, true]);
  });

  it('can be cut, and refused', async () => {
    const socket = await open();
    const closed = once<CloseEvent>(socket, 'close');
    expect(network.cutAll()).to.equal(1);
    expect((await closed).code).to.equal(1006);
    network.refuse(true);
    const refused = network(URL_OF_SWITCH, ['sip']);
    expect((await once<CloseEvent>(refused, 'close')).code).to.equal(1006);
    network.refuse(false);
    await open();
    expect(network.open).to.equal(1);
  });

  it('loses or keeps back what a test says', async () => {
    const socket = await open();
    const fates: FrameFate[] = ['drop', 'hold', 'pass'];
    network.filter((_frame, direction) => (direction === 'received' ? (fates.shift() ?? 'pass') : 'pass'));
    const seen: string[] = [];
    socket.onmessage = ({ data }: MessageEvent<string>) => seen.push(/CSeq: (\d+)/.exec(data)?.[1] ?? '?');
    for (const id of [1, 2, 3]) socket.send(OPTIONS(id));
    await once(socket, 'message');
    expect(seen).to.deep.equal(['3']);
    const late = once(socket, 'message');
    network.release();
    await late;
    expect(seen).to.deep.equal(['3', '2']);
  });
});
