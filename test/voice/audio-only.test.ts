/** Whatever else than sound a peer offers is refused. */
import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves } from '../support/agent.js';
import { memorySwitch } from '../support/switches.js';
import { telephone, type Telephone } from '../support/telephone.js';
import { caller, Caller } from './caller.js';

/** A telephone that offers a picture beside the sound. */
function withPicture(phone: Telephone): Telephone {
  const { environment } = phone.network;
  const { media } = environment;
  if (!media) throw new Error('This browser has no WebRTC.');
  const connect = (configuration: RTCConfiguration): RTCPeerConnection => {
    const connection = media.connect(configuration);
    const offer = (Reflect.get(connection, 'createOffer') as (options: RTCOfferOptions) => Promise<RTCSessionDescriptionInit>).bind(
      connection,
    );
    const value = (options: RTCOfferOptions): Promise<RTCSessionDescriptionInit> => {
      connection.addTransceiver('video');
      return offer(options);
    };
    Object.defineProperty(connection, 'createOffer', { value });
    return connection;
  };
  return { ...phone, network: { ...phone.network, environment: { ...environment, media: { ...media, connect } } } };
}

describe('A call that is offered more than sound', () => {
  afterEach(everybodyLeaves);

  it('takes the sound and refuses the picture', async () => {
    const on = await memorySwitch();
    const phone = withPicture(telephone(440, on.open));
    const one = await agent('kate', { on, network: phone.network, autoLogin: ['im', 'voice'] });
    const kate = new Caller(one, phone);
    const john = await caller('john', { on });
    kate.dials('john');
    await john.isCalledBy('kate');
    await john.answers();
    await Promise.all([kate.sees('connected'), john.sees('connected')]);
    const [connection] = john.phone.connections;
    const pictureIn = (sdp = ''): string => /^m=video [^]*/m.exec(sdp)?.[0] ?? '';
    expect(pictureIn(connection?.remoteDescription?.sdp), 'what was offered').to.match(/^a=sendrecv/m);
    // Browsers refuse by port 0 (RFC 3264, 6) or by silence on both sides.
    expect(pictureIn(connection?.localDescription?.sdp), 'what was answered').to.match(/^m=video 0 |^a=inactive/m);
    const kinds = connection?.getReceivers().flatMap(({ track }) => (track.readyState === 'live' ? [track.kind] : []));
    expect(kinds).to.deep.equal(['audio']);
    await Promise.all([john.phone.hears(kate.phone.tone), kate.phone.hears(john.phone.tone)]);
  });
});
