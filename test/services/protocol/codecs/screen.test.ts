/** The screen in front of sip.js. */
import { expect } from '@open-wc/testing';
import { decodeFrame, headerOf, headersOf, type Frame } from '../../../../src/services/protocol/codecs/frame.js';
import { screen, type Verdict } from '../../../../src/services/protocol/codecs/screen.js';
import { OWN_TORTURE } from '../../../fixtures/torture/messages.js';
import { sipMessage } from '../../../fuzz/sip-samples.js';
import { quickest } from '../../../support/growth.js';

const short = (verdict: Verdict): string | number => (verdict.verdict === 'respond' ? verdict.status : verdict.verdict);

function passed(text: string, options = {}): Frame {
  const verdict = screen(text, options);
  if (verdict.verdict !== 'pass') throw new Error(JSON.stringify(verdict));
  const again = decodeFrame(verdict.text);
  if ('fault' in again) throw new Error(again.fault);
  expect(again.headers).to.deep.equal(verdict.message.headers);
  expect(again.bodyStart).to.equal(verdict.message.bodyStart);
  return again;
}

function answered(text: string): Frame {
  const verdict = screen(text);
  const answer = verdict.verdict === 'respond' ? decodeFrame(verdict.answer) : { fault: verdict.verdict };
  if ('fault' in answer) throw new Error(answer.fault);
  return answer;
}

const torture = (point: string): string => OWN_TORTURE.find((message) => message.point === point)?.text ?? '';
const body = (frame: Frame): string => frame.text.slice(frame.bodyStart);

describe('screen', () => {
  for (const { point, text, expected } of OWN_TORTURE) {
    it(`${point}: ${expected}`, () => expect(short(screen(text))).to.equal(expected));
  }

  it('hands a plain message on untouched', () => {
    const text = sipMessage({ method: 'MESSAGE', extra: ['Content-Type: text/plain'], body: 'grüße 😀' });
    const verdict = screen(text);
    expect(verdict.verdict === 'pass' && verdict.text).to.equal(text);
  });

  it('answers with what the request had, and a To tag that stays the same', () => {
    const text = torture('an unknown extension');
    const answer = answered(text);
    expect(answer.startLine).to.equal('SIP/2.0 420 Bad Extension');
    expect(headerOf(answer, 'unsupported')).to.equal('levitation');
    expect(headersOf(answer, 'via')).to.deep.equal(['SIP/2.0/WS edge.example;branch=z9hG4bKt0rture']);
    expect(headerOf(answer, 'cseq')).to.equal('12 OPTIONS');
    expect(headerOf(answer, 'to')).to.match(/^<sip:bo@desk\.example>;tag=[0-9a-f]{8}$/);
    expect(answered(text).text).to.equal(answer.text);
    expect(headerOf(answer, 'content-length')).to.equal('0');
  });

  it('keeps the To tag of a request inside a dialog', () => {
    const answer = answered(sipMessage({ method: 'DANCE', toTag: 'zz' }));
    expect(headerOf(answer, 'to')).to.equal('<sip:john@deskside.test>;tag=zz');
  });

  it('says what it takes in place of what it refuses', () => {
    expect(headerOf(answered(torture('a compressed body')), 'accept-encoding')).to.equal('identity');
    expect(headerOf(answered(torture('an unknown body in an invitation')), 'accept')).to.contain('application/sdp');
    expect(headerOf(answered(torture('an unknown method')), 'allow')).to.contain('INVITE');
  });

  it('unfolds and writes long names', () => {
    const frame = passed(torture('folding, compact names, spaces before colons'));
    expect(headerOf(frame, 'cseq')).to.equal('003 OPTIONS');
    expect(headerOf(frame, 'from')).to.equal('"A \\"n\\" n" <sip:ann@desk.example> ; tag = 9');
    expect(frame.irregular).to.equal(false);
  });

  it('cuts off what follows the body', () => {
    expect(body(passed(torture('a second message behind the body')))).to.equal('');
  });

  it('removes field names that sip.js would take for others', () => {
    const frame = passed(sipMessage({ method: 'OPTIONS', extra: ['P_Asserted_Identity: <sip:boss@deskside.test>', 'Call_ID: other'] }));
    expect(frame.text).not.to.contain('boss');
    expect(headersOf(frame, 'call-id')).to.have.length(1);
  });

  it('bounds what becomes a timer', () => {
    expect(headerOf(passed(torture('a huge Expires')), 'expires')).to.equal('2147483');
    expect(headerOf(passed(torture('Expires that is no number')), 'expires')).to.equal(undefined);
    const notify = sipMessage({
      method: 'NOTIFY',
      toTag: 'z',
      extra: ['Contact: <sip:a@b.example>', 'Event: presence', 'Subscription-State: active;expires=99999999999'],
    });
    expect(headerOf(passed(notify), 'subscription-state')).to.equal('active;expires=2147483');
    const registered = sipMessage({
      method: 'REGISTER',
      start: 'SIP/2.0 200 OK',
      toTag: 't',
      extra: ['Contact: <sip:a@b.example>;expires=4294967295'],
    });
    expect(headerOf(passed(registered), 'contact')).to.equal('<sip:a@b.example>;expires=2147483');
  });

  it('gives requests without a branch one that ACK and CANCEL share, and no two requests do', () => {
    const branch = (text: string): string | undefined => /branch=([^;,]+)/.exec(headerOf(passed(text), 'via') ?? '')?.[1];
    const text = torture('no branch');
    expect(branch(text)).to.match(/^z9hG4bK-2543-/);
    expect(branch(text)).to.equal(branch(text));
    expect(branch(text.replace(/OPTIONS/g, 'BYE'))).to.equal(branch(text));
    expect(branch(text.replace('12 OPTIONS', '13 OPTIONS'))).not.to.equal(branch(text));
  });

  it('moves a telephone number into a SIP address', () => {
    expect(headerOf(passed(torture('tel in From')), 'from')).to.equal('<sip:+49-30-1234@tel.invalid;user=phone>;tag=1');
  });

  it('mends three colons', () => {
    expect(passed(torture('three colons')).startLine).to.equal('OPTIONS sip:bo@[2001:db8::192.0.2.9] SIP/2.0');
  });

  it('makes no early dialog of a provisional response without Contact', () => {
    expect(headerOf(passed(torture('ringing without Contact')), 'to')).to.equal('<sip:bo@desk.example>');
  });

  it('takes a response without the body that nobody can read', () => {
    const frame = passed(torture('a response whose body has no type'));
    expect(body(frame)).to.equal('');
    expect(headerOf(frame, 'content-length')).to.equal('0');
  });

  it('leaves out other devices’ broken contacts', () => {
    const text = sipMessage({
      method: 'REGISTER',
      start: 'SIP/2.0 200 OK',
      toTag: 't',
      extra: ['Contact: <sip:a@b.example>', 'Contact: <sip:c d@e>'],
    });
    expect(headersOf(passed(text), 'contact')).to.deep.equal(['<sip:a@b.example>']);
  });

  describe('challenges', () => {
    const md5 = 'WWW-Authenticate: Digest realm="r", nonce="n1", algorithm=MD5, qop="auth"';
    const sha = 'WWW-Authenticate: Digest realm="r", nonce="n2", algorithm=SHA-256, qop="auth"';
    const challenged = (...extra: string[]): string =>
      sipMessage({ method: 'REGISTER', start: 'SIP/2.0 401 Unauthorized', toTag: 't', extra });

    it('leaves all that can be answered: which of them is, the secret decides', () => {
      expect(headersOf(passed(challenged(sha, md5)), 'www-authenticate')).to.deep.equal([sha.slice(18), md5.slice(18)]);
    });
    it('leaves out what the credentials cannot answer', () => {
      expect(headersOf(passed(challenged(sha, md5), { algorithms: ['MD5'] }), 'www-authenticate')).to.deep.equal([md5.slice(18)]);
    });
    it('removes what is no digest', () => {
      expect(headersOf(passed(challenged('WWW-Authenticate: Bearer realm="r"')), 'www-authenticate')).to.deep.equal([]);
    });
  });

  it('lets an extension pass that the user agent supports', () => {
    const text = sipMessage({ method: 'OPTIONS', extra: ['Require: levitation'] });
    expect(short(screen(text, { supported: new Set(['levitation']) }))).to.equal('pass');
    expect(short(screen(sipMessage({ method: 'PRACK', toTag: 'z' }), { supported: new Set(['100rel']) }))).to.equal('pass');
  });

  it('does not read a message that is far too large', () => {
    const large = `OPTIONS sip:a@b SIP/2.0\r\n${'X: y\r\n'.repeat(1_700_000)}\r\n`;
    expect(short(screen(large))).to.equal('drop');
    expect(quickest(() => screen(large))).to.be.below(50);
  });
});
