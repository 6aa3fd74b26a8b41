/** SIP and tel URIs. */
import { expect } from '@open-wc/testing';
import { isIpv6, parseHostPort, parseSipUri } from '../../../../src/services/protocol/codecs/sip-uri.js';

describe('URIs', () => {
  it('are taken apart', () => {
    expect(parseSipUri('SIPS:kate:pw@Desk.Example:5061;transport=ws?Replaces=a%40b')).to.deep.equal({
      scheme: 'sips',
      user: 'kate:pw',
      host: 'desk.example',
      port: 5061,
      parameters: ';transport=ws',
      headers: '?Replaces=a%40b',
    });
    expect(parseSipUri('sip:desk.example')).to.deep.include({ user: '', host: 'desk.example' });
    expect(parseSipUri('tel:+49(30)123;ext=4')).to.deep.include({ scheme: 'tel', user: '+49(30)123', parameters: ';ext=4' });
    expect(parseSipUri('sip:a;b?c@d')?.user).to.equal('a;b?c');
  });

  for (const wrong of [
    '',
    'sip:',
    'sip:@a',
    'sip:a@',
    'sip:a b@c',
    'sip:a@b c',
    'sip:a%4@b',
    'sip:a@[::1',
    'sip:a@b:99999',
    'sip:a@b:x',
    'sip:a@-',
    'sip:a@b.1',
    'sip:2001:db8::1',
    'http://a',
    'tel:',
    'tel:x y',
    'sip:a@b;<',
  ]) {
    it(`refuse "${wrong}"`, () => expect(parseSipUri(wrong)).to.equal(undefined));
  }

  it('have IPv6 hosts in brackets', () => {
    for (const right of [
      '::',
      '::1',
      '2001:db8::9:1',
      '::ffff:192.0.2.1',
      '2001:db8:::192.0.2.1',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:1.2.3.4',
    ]) {
      expect(isIpv6(right), right).to.equal(true);
    }
    for (const wrong of ['', '1', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::1.2.3', '::256.1.1.1', 'g::', '12345::']) {
      expect(isIpv6(wrong), wrong).to.equal(false);
    }
    expect(parseHostPort('[::1]:5060')).to.deep.equal({ host: '[::1]', port: 5060 });
    expect(parseHostPort('[::1]x')).to.equal(undefined);
    expect(parseHostPort('127.0.0.1')).to.deep.equal({ host: '127.0.0.1' });
  });
});
