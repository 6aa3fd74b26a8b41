/** The ways that sound may take: STUN and TURN servers of the page, and what the agent is told where there is none. */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/components/voice-call/voice-call.define.js';
import type { VoiceCall } from '../../src/components/voice-call/voice-call.js';
import type { Environment, MediaPlatform, ServiceConfig } from '../../src/services/index.js';
import { agent, everybodyLeaves } from '../support/agent.js';
import { memorySwitch, type TestSwitch } from '../support/switches.js';
import { telephone } from '../support/telephone.js';
import { Caller, caller } from './caller.js';

/** How much faster than the clock long limits run here. */
const HASTE = 10;

/** Timers over 10 s come sooner: nobody waits for what never comes. */
function hasty(environment: Environment): Environment {
  return {
    ...environment,
    setTimeout: (action, ms) => environment.setTimeout(action, ms > 10_000 ? ms / HASTE : ms),
  };
}

/** What goes into `iceServers` for the runner's own TURN server; undefined where none is installed. */
async function relay(): Promise<RTCIceServer | undefined> {
  const answer = await fetch('/turn.json');
  return answer.ok ? ((await answer.json()) as RTCIceServer) : undefined;
}

/** The kinds of addresses at both ends of the way that sound takes now. */
async function wayOf(connection: RTCPeerConnection | undefined): Promise<unknown[]> {
  const figures = [...((await connection?.getStats())?.values() ?? [])] as Record<string, unknown>[];
  const pair = figures.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded');
  const kindOf = (id: unknown): unknown => figures.find((one) => one['id'] === id)?.['candidateType'];
  return [kindOf(pair?.['localCandidateId']), kindOf(pair?.['remoteCandidateId'])];
}

const turn = await relay();

describe('The ways of a call’s sound', () => {
  let on: TestSwitch;
  before(async () => {
    on = await memorySwitch();
  });
  afterEach(everybodyLeaves);

  /** Kate with these servers, and what the browser was given. */
  async function kateWith(
    config: Partial<ServiceConfig>,
    own: Partial<MediaPlatform> = {},
  ): Promise<{ kate: Caller; given: RTCConfiguration[] }> {
    const phone = telephone(440, on.open);
    const { environment } = phone.network;
    const given: RTCConfiguration[] = [];
    const media = environment.media && {
      ...environment.media,
      ...own,
      connect: (configuration: RTCConfiguration) => {
        given.push(configuration);
        return environment.media?.connect(configuration) ?? expect.fail('no WebRTC');
      },
    };
    const network = { ...phone.network, environment: hasty({ ...environment, ...(media ? { media } : {}) }) };
    const one = await agent('kate', { on, network, autoLogin: ['im', 'voice'], ...config });
    await one.until('being logged in on voice', () => one.service.snapshot.get('channels')?.voice.state === 'ready');
    return { kate: new Caller(one, phone), given };
  }

  const shown = async (kate: Caller): Promise<VoiceCall> => {
    const element = await fixture<VoiceCall>(html`<voice-call></voice-call>`);
    element.service = kate.service;
    await element.updateComplete;
    return element;
  };

  it('are those of the page, with the credentials of its TURN servers', async () => {
    const iceServers = [
      { urls: 'stun:127.0.0.1:40009' },
      { urls: ['turn:127.0.0.1:40009?transport=udp'], username: 'kate', credential: 'secret' },
    ];
    const { kate, given } = await kateWith({ iceServers });
    const john = await caller('john', { on });
    kate.dials('john');
    await john.isCalledBy('kate');
    expect(given).to.deep.equal([{ iceServers, bundlePolicy: 'max-bundle' }]);
    await john.answers();
    // Servers that do not answer keep nobody from the direct way.
    await Promise.all([kate.sees('connected'), john.phone.receives(), kate.phone.receives()]);
    expect(JSON.stringify([kate.call, kate.agent.events])).not.to.contain('secret');
  });

  if (turn) {
    it('lead through a real TURN server where only that is allowed: each hears the other, and no own address goes out', async () => {
      const { kate } = await kateWith({ iceServers: [turn], relayOnly: true });
      const john = await caller('john', { on, iceServers: [turn], relayOnly: true });
      kate.dials('john');
      await john.isCalledBy('kate');
      await john.answers();
      await Promise.all([kate.sees('connected'), john.sees('connected')]);
      await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
      await Promise.all([kate.phone.receives(), john.phone.receives()]);
      for (const { phone } of [kate, john]) {
        const [connection] = phone.connections;
        expect(await wayOf(connection)).to.deep.equal(['relay', 'relay']);
        const addresses = connection?.localDescription?.sdp.match(/^a=candidate:.*$/gm) ?? [];
        expect(addresses).not.to.be.empty;
        for (const address of addresses) expect(address).to.contain(' typ relay ');
      }
      expect([kate.call.trouble, john.call.trouble]).to.deep.equal([undefined, undefined]);
    });
  }

  it('end at the relay where only that is allowed: no own address goes out, and the agent reads that no sound gets through', async () => {
    const iceServers = [{ urls: 'turn:127.0.0.1:40009?transport=udp', username: 'kate', credential: 'secret' }];
    const { kate, given } = await kateWith({ iceServers, relayOnly: true });
    const john = await caller('john', { on });
    const element = await shown(kate);
    kate.dials('john');
    await john.isCalledBy('kate');
    expect(given[0]?.iceTransportPolicy).to.equal('relay');
    await john.answers();
    await kate.sees('connected');
    const offer = kate.phone.connections[0]?.localDescription?.sdp ?? '';
    expect(offer)
      .to.contain('m=audio')
      .and.not.match(/^a=candidate/m);
    await kate.seesThat('that no sound gets through', ({ trouble }) => trouble === 'ice-failed');
    await waitUntil(() =>
      element.renderRoot.textContent.includes('No sound gets through. Please check the network or tell your administrator.'),
    );
    await expect(element).to.be.accessible();
    expect(kate.call.status, 'the call goes on until somebody ends it').to.equal('connected');
    await kate.service.calls.end(kate.call.id);
    await john.sees('ended');
    await Promise.all([kate.phone.isSilent(), john.phone.isSilent()]);
  });

  it('end at the speaker where the browser blocks the sound; a click turns it on', async () => {
    let blocks = true;
    const createAudio = (): HTMLAudioElement => {
      const audio = Object.assign(new Audio(), { volume: 0 });
      const play = audio.play.bind(audio);
      audio.play = () => (blocks ? Promise.reject(new DOMException('No.', 'NotAllowedError')) : play());
      return audio;
    };
    const { kate } = await kateWith({}, { createAudio });
    const john = await caller('john', { on });
    const element = await shown(kate);
    kate.dials('john');
    await john.isCalledBy('kate');
    await john.answers();
    await kate.seesThat('that the sound is blocked', ({ trouble }) => trouble === 'autoplay-blocked');
    await waitUntil(() => element.renderRoot.textContent.includes('The browser blocks the sound. Click to hear the call.'));
    blocks = false;
    const buttons = [...element.renderRoot.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent.includes('Turn the sound on'))?.click();
    await kate.seesThat('nothing of it any more', ({ trouble }) => trouble === undefined);
    await kate.phone.receives();
  });

  for (const [name, servers] of [
    ['no address', [{ urls: 'nonsense' }]],
    ['a TURN server without credentials', [{ urls: 'turn:127.0.0.1' }]],
  ] as const) {
    it(`that are ${name} are named to the page, and the call does not begin`, async () => {
      const { kate } = await kateWith({ iceServers: [...servers] });
      kate.dials('john');
      const { trouble } = await kate.sees('ended');
      expect(trouble).to.equal('ice-failed');
      expect(kate.agent.errors.map(({ code, message }) => `${code}: ${message}`).join()).to.match(/^configuration: .*ice-servers.*turn:/);
      await kate.phone.isSilent();
    });
  }
});
