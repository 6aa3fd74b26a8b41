/** Header values: nothing that people write can leave its place. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { headerText, parseParameters, quoted, splitValue, unquoted } from '../../../../src/services/protocol/codecs/header.js';
import { decodeDisposition, decodeMediaType } from '../../../../src/services/protocol/codecs/media-type.js';
import { decodeNameAddr, decodeNameAddrList, encodeNameAddr } from '../../../../src/services/protocol/codecs/name-addr.js';
import { decodeReason, decodeWarning, encodeReason, encodeWarning } from '../../../../src/services/protocol/codecs/reason.js';

const anyText = fc.string({ unit: 'binary' });

describe('header values', () => {
  it('hold no line break, whatever the text', () => {
    fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\u2028\u2029]/u.test(headerText(text) + quoted(text))));
    expect(headerText('a\r\nVia: evil')).to.equal('a Via: evil');
  });

  it('are cut to the limit', () => {
    expect(new TextEncoder().encode(headerText('é'.repeat(1000))).length).to.equal(1024);
  });

  it('quote and unquote any text', () => {
    fc.assert(fc.property(fc.string(), (text) => unquoted(quoted(text)) === headerText(text)));
    expect(quoted('a"b\\c')).to.equal('"a\\"b\\\\c"');
  });

  it('are split outside of quotes and brackets only', () => {
    expect(splitValue('"a,b" <sip:c,d>, e', ',')).to.deep.equal(['"a,b" <sip:c,d>', 'e']);
    expect(splitValue('"a, b', ',')).to.equal(undefined);
    expect(splitValue('<a, b', ',')).to.equal(undefined);
  });

  it('have parameters', () => {
    expect([...(parseParameters('Tag = 1;x="a;b";lr') ?? [])]).to.deep.equal([
      ['tag', '1'],
      ['x', 'a;b'],
      ['lr', ''],
    ]);
    for (const wrong of ['', ';', 'a=1;;b', '=1', 'a="x', 'a="x"y']) expect(parseParameters(wrong), wrong).to.equal(undefined);
  });
});

describe('name-addr', () => {
  it('comes back with any display name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (name) => {
        const read = decodeNameAddr(encodeNameAddr('sip:kate@deskside.test', name));
        return read?.uri === 'sip:kate@deskside.test' && read.displayName === headerText(name, 255);
      }),
    );
  });

  it('reads all three forms', () => {
    expect(decodeNameAddr('"Kate \\"K\\" Lewis" <sip:k@d.test;lr>;tag=1')).to.deep.include({
      displayName: 'Kate "K" Lewis',
      uri: 'sip:k@d.test;lr',
    });
    expect(decodeNameAddr('Kate Lewis <sip:k@d.test>')).to.deep.include({ displayName: 'Kate Lewis' });
    expect(decodeNameAddr('sip:k@d.test ; tag = 9')?.parameters.get('tag')).to.equal('9');
    expect(decodeNameAddr('sip:k@d.test;x="<y>"')?.parameters.get('x')).to.equal('<y>');
  });

  it('refuses what breaks the grammar', () => {
    for (const wrong of [
      '',
      '"a <sip:b@c>',
      '<sip:a@b',
      '< sip:a@b >',
      'a, b <sip:c@d>',
      'sip:a@b?x=y',
      '<sip:a@b> tag=1',
      '"a" b <sip:c@d>',
    ]) {
      expect(decodeNameAddr(wrong), wrong).to.equal(undefined);
    }
  });

  it('lets no address out of its brackets', () => {
    expect(encodeNameAddr('sip:a@b>\r\nVia: x', '')).to.equal('<sip:a@bVia:x>');
  });

  it('reads lists', () => {
    expect(decodeNameAddrList('"a, b" <sip:a@b>, sip:c@d')?.map((one) => one.uri)).to.deep.equal(['sip:a@b', 'sip:c@d']);
    expect(decodeNameAddrList('<sip:a@b>, ')).to.equal(undefined);
  });
});

describe('Reason and Warning', () => {
  it('write and read', () => {
    expect(encodeReason({ protocol: 'SIP', cause: 200, text: 'End IM' })).to.equal('SIP;cause=200;text="End IM"');
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 699 }), fc.string({ maxLength: 50 }), (cause, text) => {
        const [reason] = decodeReason(encodeReason({ protocol: 'SIP', cause, text }));
        return reason?.cause === cause && reason.text === headerText(text, 200);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        const [warning] = decodeWarning(encodeWarning({ code: 399, agent: 'deskside', text }));
        return warning?.code === 399 && warning.agent === 'deskside' && warning.text === headerText(text, 200);
      }),
    );
  });

  it('read lists and leave out nonsense', () => {
    expect(decodeReason('SIP;cause=486;text="a, b", Q.850;cause=17, ;;')).to.deep.equal([
      { protocol: 'SIP', cause: 486, text: 'a, b' },
      { protocol: 'Q.850', cause: 17 },
    ]);
    expect(decodeWarning('1812 x "y", 301 z "w"')).to.deep.equal([{ code: 301, agent: 'z', text: 'w' }]);
    expect(decodeReason('"')).to.deep.equal([]);
  });
});

describe('Content-Type and Content-Disposition', () => {
  it('read', () => {
    const type = decodeMediaType('Multipart/Mixed ; boundary="a;b"');
    expect(type?.value).to.equal('multipart/mixed');
    expect(type?.parameters.get('boundary')).to.equal('a;b');
    expect(decodeDisposition('render;handling=optional')?.parameters.get('handling')).to.equal('optional');
  });
  it('refuse', () => {
    for (const wrong of ['', 'text', '/', 'a/', '/b', 'a/b/c', 'a/b;', 'a b/c']) expect(decodeMediaType(wrong), wrong).to.equal(undefined);
    expect(decodeDisposition('a/b')).to.equal(undefined);
  });
});
