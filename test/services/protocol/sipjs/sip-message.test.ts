import { expect } from '@open-wc/testing';
import { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import { screen } from '../../../../src/services/protocol/codecs/screen.js';
import { remembered, toSipMessage } from '../../../../src/services/protocol/sipjs/sip-message.js';
import { frame, headerOf } from '../../../support/scripted-socket.js';
import { GRUU, JOHN, JOHNS_OFFER, online, strike } from './stage.js';

describe('sipjs/sip-message', () => {
  afterEach(strike);

  const text = frame(
    `MESSAGE ${GRUU} SIP/2.0`,
    {
      Via: 'SIP/2.0/WSS a.test;branch=z9hG4bK1',
      From: `"J" <${JOHN}>;tag=1`,
      To: '<sip:kate@deskside.test>;tag=2',
      'Call-ID': 'x@y',
      CSeq: '7 MESSAGE',
      'Max-Forwards': '69',
      'Record-Route': '<sip:a.test;lr>, <sip:b.test;lr>',
      'Content-Type': 'text/plain;charset=utf-8',
      'P-Asserted-Identity': `<${JOHN}>`,
    },
    'hej ☎',
  );
  const read = (raw: string): IncomingRequestMessage => {
    const verdict = screen(raw);
    const message = verdict.verdict === 'pass' ? toSipMessage(verdict) : undefined;
    if (!(message instanceof IncomingRequestMessage)) throw new Error('not read');
    return message;
  };

  it('has everything that sip.js reads', () => {
    const message = read(text);
    expect([message.method, message.ruri?.toString(), message.callId, message.cseq, message.viaBranch, message.fromTag, message.toTag, message.body]).to.deep.equal([
      'MESSAGE', GRUU, 'x@y', 7, 'z9hG4bK1 a.test MESSAGE x@y 1', '1', '2', 'hej ☎',
    ]); // prettier-ignore
    expect(message.getHeaders('record-route')).to.deep.equal(['<sip:a.test;lr>', '<sip:b.test;lr>']);
    expect(message.getHeader('p-asserted-identity')).to.equal(`<${JOHN}>`);
    expect(message.getHeader('call-id')).to.equal('x@y');
    expect(headerOf(message.toString(), 'CSeq')).to.equal('7 MESSAGE');
  });

  it('tells transactions apart as RFC 3261, 17.2.3 does: a branch alone is nobody’s', () => {
    const id = (raw: string): string => read(raw).viaBranch;
    const invite = text
      .replaceAll('MESSAGE', 'INVITE')
      .replace('Content-Type: text/plain', 'Contact: <sip:j@a.test>\r\nContent-Type: application/sdp');
    expect(id(text.replace('WSS a.test', 'WSS b.test')), 'another sender').not.to.equal(id(text));
    expect(id(text.replace('Call-ID: x@y', 'Call-ID: z@y')), 'another call').not.to.equal(id(text));
    expect(id(invite), 'another method').not.to.equal(id(text));
    for (const method of ['CANCEL', 'ACK']) {
      const own = text.replaceAll('MESSAGE', method);
      expect(id(own), method).to.equal(id(invite));
      expect(id(own.replace('tag=1', 'tag=9')), `${method} of another`).not.to.equal(id(invite));
    }
  });

  it('shares what nobody changes: two messages, one From, whatever was done with the first', async () => {
    const before = JSON.stringify(read(text).from);
    const scene = await online();
    const conversation = await scene.connected();
    await conversation.says('MESSAGE', {}, 'one');
    await conversation.says('INVITE', {}, JOHNS_OFFER);
    scene.gateway.dispose();
    expect(JSON.stringify(read(text).from)).to.equal(before);
    expect(read(text).from).to.equal(read(text).from);
  });

  it('remembers the last values only, and long ones never', () => {
    let parsed = 0;
    const parse = remembered((value) => ((parsed += 1), { value }), 3);
    for (const value of ['a', 'b', 'c', 'a', 'd', 'a']) parse(value);
    expect(parsed).to.equal(4);
    parse('b');
    expect(parsed).to.equal(5, 'b was used longest ago');
    parse('x'.repeat(600));
    parse('x'.repeat(600));
    expect(parsed).to.equal(7);
  });
});
