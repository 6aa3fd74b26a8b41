import { expect } from '@open-wc/testing';
import { partyOf } from '../../../../src/services/domain/party.js';
import { encodeMultipart } from '../../../../src/services/protocol/codecs/multipart.js';
import { encodeImOffer } from '../../../../src/services/protocol/codecs/im-sdp.js';
import { invitationBody, readInvitation } from '../../../../src/services/protocol/im/invitation-body.js';
import { caseBody, readBody, readLine, textBody, typingBody } from '../../../../src/services/protocol/im/line.js';

const ends = { self: partyOf('sip:kate@deskside.test', 'Kate Lewis'), peer: partyOf('sip:john@deskside.test', 'John Davis') };
const line = { id: 'id-1', text: 'hello', at: 1_700_000_000_000, seq: 7 };
const caseData = { seq: 1, interaction: { id: 'i', media: 'voice', label: 'Call' }, data: [{ key: 'k', label: 'K', value: 'v' }] } as const;

describe('A line', () => {
  it('is read as it was written', () => {
    expect(readLine(textBody(line, ends, { plain: false, receipts: true }))).to.deep.equal({
      kind: 'text',
      id: 'id-1',
      seq: 7,
      sentAt: line.at,
      text: 'hello',
      wantsRead: true,
    });
    expect(readLine(textBody(line, ends, { plain: false, receipts: false }))).to.deep.include({ wantsRead: false });
    expect(readLine(textBody(line, ends, { plain: true, receipts: true }))).to.deep.equal({
      kind: 'text',
      text: 'hello',
      wantsRead: false,
    });
    expect(readLine(typingBody(true, 120))).to.deep.equal({ kind: 'typing', active: true, refresh: 120 });
    expect(readLine(readBody('id-1', line.at, ends))).to.deep.equal({ kind: 'read', messageId: 'id-1' });
    const read = readLine(caseBody(caseData));
    expect(read.kind).to.equal('case');
  });

  const refused: readonly [what: string, contentType: string, content: string, status: number][] = [
    ['an unknown type', 'image/png', 'x', 415],
    ['no type', '', 'x', 415],
    ['the name of an inherited member', 'constructor/x', 'x', 415],
    ['malformed CPIM', 'message/cpim', 'nonsense', 400],
    ['CPIM in CPIM', 'message/cpim', 'From: <sip:a@b>\r\n\r\nContent-Type: message/cpim\r\n\r\nFrom: <sip:a@b>\r\n\r\nx', 415],
    ['malformed XML', 'application/im-iscomposing+xml', '<isComposing', 400],
    ['malformed case data', 'application/vnd.deskside.case+json', '{"v":1}', 400],
    ['case data that is too large', 'application/vnd.deskside.case+json', `{"v":1,"x":"${'x'.repeat(20_000)}"}`, 413],
    ['a text that is too long', 'text/plain', 'x'.repeat(32 * 1024 + 1), 413],
  ];
  for (const [what, contentType, content, status] of refused) {
    it(`is refused with ${status} when it is ${what}`, () => {
      expect(readLine({ contentType, content })).to.deep.equal({ kind: 'refused', status });
    });
  }

  it('may be nothing', () => {
    expect(readLine(undefined)).to.deep.equal({ kind: 'nothing' });
  });
});

describe('An invitation', () => {
  it('is read as it was written', () => {
    const { body, withCase } = invitationBody(line, ends, { sessionId: 1, receipts: true, caseData });
    const read = readInvitation(body);
    expect(body.disposition).to.equal('session');
    expect(withCase).to.equal(true);
    expect(read.first?.text).to.equal('hello');
    expect(read.caseData?.interaction.id).to.equal('i');
    expect(read.plain).to.equal(false);
    expect(read.offer?.media).to.have.length(1);
  });

  it('leaves entries out that would make it too long for the switch, but says what it is about', () => {
    const data = Array.from({ length: 40 }, (_, index) => ({ key: `k${index}`, label: '', value: 'v'.repeat(350) }));
    const { body, withCase } = invitationBody({ ...line, text: 'x'.repeat(32 * 1024) }, ends, {
      sessionId: 1,
      receipts: true,
      caseData: { ...caseData, data },
    });
    expect(withCase).to.equal(false);
    expect(body.content.length).to.be.below(45 * 1024);
    expect(readInvitation(body).caseData).to.deep.include({ seq: 0, data: [], interaction: caseData.interaction });
  });

  it('of a stranger may be plain, or an offer alone', () => {
    const sdp = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:text/plain\r\n';
    expect(readInvitation({ contentType: 'application/sdp', content: sdp })).to.deep.include({ plain: true });
    const { contentType, body } = encodeMultipart([
      { contentType: 'application/sdp', body: sdp },
      { contentType: 'text/plain', body: 'hi' },
    ]);
    expect(readInvitation({ contentType, content: body }).first?.text).to.equal('hi');
  });

  it('is read without its malformed parts', () => {
    const { contentType, body } = encodeMultipart([
      { contentType: 'application/sdp', body: encodeImOffer({ address: 'sip:kate@deskside.test', sessionId: 1 }) },
      { contentType: 'message/cpim', body: 'nonsense' },
      { contentType: 'application/vnd.deskside.case+json', body: '[]' },
      { contentType: 'text/html', body: '<b>no</b>' },
    ]);
    const read = readInvitation({ contentType, content: body });
    expect(read.first).to.equal(undefined);
    expect(read.caseData).to.equal(undefined);
    expect(read.offer?.media[0]?.kind).to.equal('im');
  });

  it('may be missing or nonsense', () => {
    for (const body of [undefined, { contentType: 'multipart/mixed', content: 'x' }, { contentType: '', content: '' }]) {
      expect(readInvitation(body).offer).to.equal(undefined);
    }
  });
});
