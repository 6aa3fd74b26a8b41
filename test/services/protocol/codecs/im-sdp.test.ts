/** SDP of an IM. */
import { expect } from '@open-wc/testing';
import {
  accepts,
  ACCEPT_TYPES,
  decodeSdp,
  encodeImAnswer,
  encodeImOffer,
  kindOfSdp,
  type SdpMedia,
} from '../../../../src/services/protocol/codecs/im-sdp.js';

const OWN = { address: 'sip:kate@deskside.test', sessionId: 42 };
const sdp = (...lines: string[]): string => ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 't=0 0', ...lines, ''].join('\r\n');
const AUDIO = 'm=audio 49170 RTP/AVP 0 8';
const answer = (...lines: string[]): string[] | undefined =>
  encodeImAnswer(decodeSdp(sdp(...lines)) ?? { media: [] }, OWN)
    ?.split('\r\n')
    .filter((line) => line.startsWith('m='));

describe('SDP of an IM', () => {
  it('offers a message line inside the dialog', () => {
    const offer = encodeImOffer(OWN);
    expect(offer).to.contain('\r\nm=message 5060 sip sip:kate@deskside.test\r\na=accept-types:message/cpim text/plain ');
    expect(decodeSdp(offer)?.media).to.deep.equal([
      { kind: 'im', media: 'message', port: 5060, protocol: 'sip', format: 'sip:kate@deskside.test', acceptTypes: ACCEPT_TYPES },
    ]);
  });

  for (const [name, lines, kind] of [
    ['our own', ['m=message 5060 sip sip:a@b'], 'im'],
    ['that of Lync', ['m=x-ms-message 5060 sip null'], 'im'],
    ['audio', [AUDIO], 'audio'],
    ['audio with video', [AUDIO, 'm=video 1 RTP/AVP 31'], 'audio'],
    ['audio beside a message line', [AUDIO, 'm=message 5060 sip sip:a@b'], 'im'],
    ['MSRP', ['m=message 7654 TCP/MSRP *'], 'msrp'],
    ['MSRP over TLS', ['m=message 7654 TCP/TLS/MSRP *'], 'msrp'],
    ['a message line that is refused', ['m=message 0 sip null'], 'unknown'],
    ['nothing', [], 'unknown'],
    ['fax', ['m=image 1 udptl t38'], 'unknown'],
  ] as const) {
    it(`knows ${name}: ${kind}`, () => expect(kindOfSdp(decodeSdp(sdp(...lines)))).to.equal(kind));
  }

  it('answers in the dialect of the offer and refuses the other lines in their places', () => {
    expect(answer('m=message 5060 sip sip:a@b')).to.deep.equal(['m=message 5060 sip sip:kate@deskside.test']);
    expect(answer(AUDIO, 'm=x-ms-message 5060 sip null', 'm=message 5060 sip x')).to.deep.equal([
      'm=audio 0 RTP/AVP 0 8',
      'm=x-ms-message 5060 sip null',
      'm=message 0 sip x',
    ]);
    expect(answer(AUDIO)).to.equal(undefined);
  });

  it('refuses what is none', () => {
    for (const wrong of [
      '',
      'x',
      'v=1\r\n',
      sdp('m=audio'),
      sdp('m=audio x RTP/AVP 0'),
      sdp('m=audio 99999 RTP/AVP 0'),
      sdp(...Array.from({ length: 40 }, () => AUDIO)),
      `v=0\r\n${'x'.repeat(40_000)}`,
    ]) {
      expect(decodeSdp(wrong), wrong.slice(0, 40)).to.equal(undefined);
    }
    expect(kindOfSdp(undefined)).to.equal('unknown');
  });

  it('says which types the other side takes', () => {
    const media = (acceptTypes: string[]): SdpMedia => ({
      kind: 'im',
      media: 'message',
      port: 1,
      protocol: 'sip',
      format: '',
      acceptTypes,
    });
    expect(accepts(media(['message/cpim']), 'Message/CPIM')).to.equal(true);
    expect(accepts(media(['message/cpim']), 'text/plain')).to.equal(false);
    expect(accepts(media(['*']), 'a/b')).to.equal(true);
    expect(accepts(media(['text/*']), 'text/html')).to.equal(true);
    expect(accepts(media([]), 'text/plain')).to.equal(true);
    expect(accepts(media([]), 'message/cpim')).to.equal(false);
  });

  it('lets no address out of its line', () => {
    expect(encodeImOffer({ ...OWN, address: 'sip:a@b\r\nm=audio 1 RTP/AVP 0' }).match(/^m=/gm)).to.have.length(1);
  });
});
