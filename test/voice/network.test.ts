/** The way under a call is lost and found again over new addresses (ICE restart): what the agent reads, and that sound comes. */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/components/voice-call/voice-call.define.js';
import type { VoiceCall } from '../../src/components/voice-call/voice-call.js';
import { everybodyLeaves } from '../support/agent.js';
import { memorySwitch, type TestSwitch } from '../support/switches.js';
import { wireTap } from '../support/wire-tap.js';
import { talking } from './caller.js';

const WORDS = 'The network changed. The sound comes back in a moment…';
const LIMIT = { timeout: 20_000 };

const nameIn = ({ localDescription }: RTCPeerConnection): string => /^a=ice-ufrag:(\S+)/m.exec(localDescription?.sdp ?? '')?.[1] ?? '';

/** The browser says what it says 15 to 30 s after a network is gone; the connection itself stands as it stood. */
function turns(connection: RTCPeerConnection, state: 'disconnected' | 'failed'): void {
  Object.defineProperty(connection, 'connectionState', { get: () => state, configurable: true });
  // Firefox hands no event of a page's own to the listeners of a connection.
  connection.onconnectionstatechange?.(new Event('connectionstatechange'));
  Reflect.deleteProperty(connection, 'connectionState');
}

/** The other side takes its time: on one machine the words would be gone before anybody reads them. */
function answersAfter(connection: RTCPeerConnection, seen: Promise<unknown>): void {
  const answer = (Reflect.get(connection, 'createAnswer') as () => Promise<RTCSessionDescriptionInit>).bind(connection);
  Object.defineProperty(connection, 'createAnswer', { value: () => seen.then(answer) });
}

/** A switch on which the next INVITE waits for another one, so that the two meet on their way. */
function meetingOn(on: TestSwitch): { readonly on: TestSwitch; arrange(): void } {
  let held: (() => void)[] | undefined;
  const open: TestSwitch['open'] = (url, protocols) => {
    const socket = on.open(url, protocols);
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      const isInvite = typeof data === 'string' && data.startsWith('INVITE');
      if (!held || !isInvite) return send(data);
      held.push(() => send(data));
      if (held.length < 2) return;
      held.forEach((go) => go());
      held = undefined;
    };
    return socket;
  };
  return { on: { ...on, open }, arrange: () => (held = []) };
}

describe('A call whose network changed', () => {
  let on: TestSwitch;
  before(async () => {
    on = await memorySwitch();
  });
  afterEach(everybodyLeaves);

  it('finds a way over new addresses of both sides, and the words vanish', async () => {
    const [kate, john] = await talking(on);
    const element = await fixture<VoiceCall>(html`<voice-call></voice-call>`);
    element.service = kate.service;
    await Promise.all([kate.phone.receives(), john.phone.receives()]);
    const connections = [...kate.phone.connections, ...john.phone.connections];
    const before = connections.map(nameIn);
    expect(before).to.have.lengthOf(2);

    const seen = waitUntil(() => element.renderRoot.textContent.includes(WORDS), WORDS, LIMIT);
    for (const one of john.phone.connections) answersAfter(one, seen);
    for (const one of kate.phone.connections) turns(one, 'failed');
    await seen;
    await kate.seesThat('that it is over', ({ trouble }) => trouble === undefined);
    await waitUntil(() => !element.renderRoot.textContent.includes(WORDS), 'no word of it any more', LIMIT);

    for (const [at, one] of connections.entries()) {
      expect(nameIn(one), 'gathered anew').not.to.equal(before[at]);
      expect(one.remoteDescription?.sdp, 'what the other side was told').to.match(/^a=candidate:/m);
    }
    await Promise.all([kate.phone.receives(), john.phone.receives()]);
    expect([kate.call, john.call].map(({ status, trouble }) => [status, trouble])).to.deep.equal([
      ['connected', undefined],
      ['connected', undefined],
    ]);
  });

  it('is looked for by both sides at the same moment: they give way to each other, and sound comes', async () => {
    const taps = wireTap(on);
    const meeting = meetingOn(taps.on);
    const [kate, john] = await talking(meeting.on);
    await Promise.all([kate.phone.receives(), john.phone.receives()]);
    const connections = [...kate.phone.connections, ...john.phone.connections];
    const before = connections.map(nameIn);
    meeting.arrange();
    // Who called waits 3 s for an interrupted way to come back, who was called as long after a failed one.
    for (const one of kate.phone.connections) turns(one, 'disconnected');
    for (const one of john.phone.connections) turns(one, 'failed');
    await waitUntil(() => taps.sends('SIP/2.0 491').length > 0, 'a refusal', LIMIT);
    await Promise.all([kate, john].map((one) => one.seesThat('that it is over', ({ trouble }) => trouble === undefined)));
    for (const [at, one] of connections.entries()) expect(nameIn(one), 'gathered anew').not.to.equal(before[at]);
    await Promise.all([kate.phone.receives(), john.phone.receives()]);
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
    expect([kate.call.status, john.call.status]).to.deep.equal(['connected', 'connected']);
  });
});
