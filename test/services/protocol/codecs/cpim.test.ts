/** message/cpim. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { decodeCpim, encodeCpim, type CpimMessage } from '../../../../src/services/protocol/codecs/cpim.js';

const FULL: CpimMessage = {
  from: { uri: 'sip:kate@deskside.test', name: 'Kate "K" Lewis' },
  to: [{ uri: 'sip:john@deskside.test' }],
  dateTime: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  messageId: 'a1b2-c3',
  notify: ['positive-delivery', 'display'],
  seq: 17,
  contentType: 'text/plain;charset=utf-8',
  body: 'can you help me\r\nwith this call?',
};
const wrap = (headers: string): CpimMessage | undefined => decodeCpim(`${headers}\r\n\r\nContent-Type: text/plain\r\n\r\nx`);

describe('message/cpim', () => {
  it('comes back as it was', () => expect(decodeCpim(encodeCpim(FULL))).to.deep.equal(FULL));

  it('is written as RFC 3862 says', () => {
    expect(encodeCpim(FULL).split('\r\n')).to.deep.equal([
      'From: "Kate \\"K\\" Lewis" <sip:kate@deskside.test>',
      'To: <sip:john@deskside.test>',
      'DateTime: 2026-01-02T03:04:05.678Z',
      'NS: imdn <urn:ietf:params:imdn>',
      'imdn.Message-ID: a1b2-c3',
      'imdn.Disposition-Notification: positive-delivery, display',
      'NS: Deskside <urn:deskside:cpim>',
      'Deskside.Seq: 17',
      '',
      'Content-Type: text/plain;charset=utf-8',
      '',
      'can you help me',
      'with this call?',
    ]);
  });

  it('carries any text and any name', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, fc.nat(), (body, name, seq) => {
        const read = decodeCpim(encodeCpim({ ...FULL, from: { uri: 'sip:a@b', name }, seq, body }));
        expect(read?.body).to.equal(body);
        expect(read?.from?.name ?? '').to.equal(name.trim());
        expect(read?.seq).to.equal(seq);
      }),
    );
  });

  it('carries every kind of line break, byte for byte', () => {
    for (const body of ['\r\n', '\n', '\r', '\n\n\r\n\r', '\r\n\r\nContent-Type: x/y\r\n\r\n', '']) {
      expect(decodeCpim(encodeCpim({ ...FULL, body }))?.body, JSON.stringify(body)).to.equal(body);
    }
  });

  it('lets no name or id out of its header', () => {
    const read = decodeCpim(
      encodeCpim({ ...FULL, from: { uri: 'sip:a@b>\r\nTo: <sip:evil@x', name: 'x"\r\n\r\nboo' }, messageId: 'a\r\nTo: <sip:evil@x>' }),
    );
    expect(read?.to).to.deep.equal(FULL.to);
    expect(read?.from?.name).to.equal('x"\r\n\r\nboo');
    expect(read?.messageId).to.equal('a\r\nTo: <sip:evil@x>');
    expect(read?.body).to.equal(FULL.body);
  });

  it('goes by namespaces, not by prefixes', () => {
    expect(wrap('NS: i <urn:ietf:params:imdn>\r\ni.Message-ID: 7')?.messageId).to.equal('7');
    expect(wrap('imdn.Message-ID: 7')?.messageId).to.equal('7');
    expect(wrap('NS: imdn <urn:other>\r\nimdn.Message-ID: 7')?.messageId).to.equal(undefined);
    expect(wrap('Deskside.Seq: 7')?.seq).to.equal(undefined);
    expect(wrap('NS: <urn:other>\r\nFrom: <sip:a@b>')?.from).to.equal(undefined);
  });

  it('leaves out what it cannot read, and keeps the text', () => {
    const read = wrap('From: nobody\r\nDateTime: yesterday\r\nNS: Deskside <urn:deskside:cpim>\r\nDeskside.Seq: -1\r\nX: y');
    expect(read).to.deep.equal({ to: [], contentType: 'text/plain', body: 'x' });
  });

  it('takes an id without the spaces that escapes bring', () => {
    expect(wrap('imdn.Message-ID:\\ a1')?.messageId).to.equal('a1');
    expect(wrap('imdn.Message-ID: \\u0020')?.messageId).to.equal(undefined);
  });

  it('reads line feeds alone and several recipients', () => {
    const read = decodeCpim('From: Kate <sip:k@d>\nTo: <sip:a@d>\nTo: <sip:b@d>\n\nContent-Type: text/plain\n\nhi\n');
    expect(read).to.deep.equal({
      from: { uri: 'sip:k@d', name: 'Kate' },
      to: [{ uri: 'sip:a@d' }, { uri: 'sip:b@d' }],
      contentType: 'text/plain',
      body: 'hi\n',
    });
  });

  it('refuses what is none', () => {
    for (const wrong of [
      '',
      'x',
      '\r\n\r\n',
      'From: <sip:a@b>',
      'From: <sip:a@b>\r\n\r\nno header\r\n\r\nx',
      'From: <sip:a@b>\r\n\r\n\r\n',
      `From: <sip:a@b>\r\n\r\nContent-Type: a/b\r\n\r\n${'x'.repeat(70_000)}`,
    ]) {
      expect(decodeCpim(wrong), wrong.slice(0, 60)).to.equal(undefined);
    }
  });
});
