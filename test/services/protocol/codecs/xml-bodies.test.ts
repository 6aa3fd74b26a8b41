/** IMDN, isComposing, resource lists, list notifications; and the XML under them. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { decodeImdn, encodeImdn, type Imdn } from '../../../../src/services/protocol/codecs/imdn.js';
import { decodeIsComposing, encodeIsComposing } from '../../../../src/services/protocol/codecs/is-composing.js';
import { decodeResourceList, encodeResourceList } from '../../../../src/services/protocol/codecs/resource-lists.js';
import { decodeListNotification, encodeListNotification, type ListNotification } from '../../../../src/services/protocol/codecs/rlmi.js';
import { escapeXml, parseXml, xmlElement } from '../../../../src/services/protocol/codecs/xml.js';

const anyText = fc.string({ unit: 'binary' });
const IMDN = 'urn:ietf:params:xml:ns:imdn';

describe('XML', () => {
  it('carries any text that XML can write', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const root = parseXml(xmlElement('x', { xmlns: 'urn:x', a: text }, escapeXml(text)), 'urn:x', 'x');
        const kept = text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
        expect(root?.textContent).to.equal(kept);
        expect(root?.getAttribute('a')).to.equal(kept);
      }),
    );
  });

  it('refuses entities, other namespaces, other names, and what is no XML', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "&a;&a;">`).join('')}]><x xmlns="urn:x">&a;</x>`;
    for (const wrong of [
      bomb,
      '<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><x xmlns="urn:x"/>',
      '<x/>',
      '<y xmlns="urn:x"/>',
      '<x xmlns="urn:x">',
      '',
      'x',
      '<x xmlns="urn:x">&b;</x>',
      '<'.repeat(5000),
      '<a>'.repeat(20_000),
    ]) {
      expect(parseXml(wrong, 'urn:x', 'x'), wrong.slice(0, 40)).to.equal(undefined);
    }
  });
});

describe('message/imdn+xml', () => {
  const all: Imdn[] = [
    { kind: 'delivery', status: 'delivered', messageId: 'a<&>"b', dateTime: 1_767_323_045_678 },
    { kind: 'display', status: 'displayed', messageId: 'x' },
    { kind: 'processing', status: 'stored', messageId: 'x' },
    { kind: 'delivery', status: 'error', messageId: 'x' },
  ];
  for (const imdn of all) it(`comes back: ${imdn.kind} ${imdn.status}`, () => expect(decodeImdn(encodeImdn(imdn))).to.deep.equal(imdn));

  it('reads prefixes, and refuses what tells of nothing', () => {
    const read = decodeImdn(
      `<i:imdn xmlns:i="${IMDN}"><i:message-id> 7 </i:message-id><i:datetime>x</i:datetime><i:display-notification><i:status><i:displayed/></i:status></i:display-notification></i:imdn>`,
    );
    expect(read).to.deep.equal({ kind: 'display', status: 'displayed', messageId: '7' });
    expect(decodeImdn(`<imdn xmlns="${IMDN}"><message-id>7</message-id></imdn>`)).to.equal(undefined);
    expect(decodeImdn(encodeImdn({ kind: 'display', status: 'displayed', messageId: '' }))).to.equal(undefined);
    expect(decodeImdn(encodeImdn({ kind: 'display', status: 'displayed', messageId: 'x' }).replace(IMDN, 'urn:other'))).to.equal(undefined);
  });
});

describe('isComposing', () => {
  const typed = (inner: string): ReturnType<typeof decodeIsComposing> =>
    decodeIsComposing(`<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">${inner}</isComposing>`);

  it('comes back', () => {
    const active = { state: 'active', refresh: 90, contentType: 'text/plain' } as const;
    expect(decodeIsComposing(encodeIsComposing(active))).to.deep.equal(active);
    expect(decodeIsComposing(encodeIsComposing({ ...active, state: 'idle' }))).to.deep.equal({
      state: 'idle',
      refresh: 120,
      contentType: 'text/plain',
    });
  });

  it('has a bounded refresh', () => {
    for (const [said, read] of [
      ['1', 10],
      ['99999', 600],
      ['999999999999', 120],
      ['-5', 120],
      ['x', 120],
      ['', 120],
    ] as const) {
      expect(typed(`<state>active</state><refresh>${said}</refresh>`)?.refresh, said).to.equal(read);
    }
  });

  it('takes an unknown state for idle', () => {
    expect(typed('<state>pondering</state>')?.state).to.equal('idle');
    expect(typed('')).to.equal(undefined);
  });
});

describe('resource lists', () => {
  it('come back', () => {
    const entries = [{ uri: 'sip:kate@deskside.test', displayName: 'Kate <&>' }, { uri: 'sip:john@deskside.test' }];
    expect(decodeResourceList(encodeResourceList(entries))).to.deep.equal(entries);
  });

  it('are read whole and bounded', () => {
    const nested =
      '<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list><entry uri="sip:a@b"/><list><entry uri="sip:c@d"/><entry/></list></list></resource-lists>';
    expect(decodeResourceList(nested)).to.deep.equal([{ uri: 'sip:a@b' }, { uri: 'sip:c@d' }]);
    expect(decodeResourceList('<list/>')).to.equal(undefined);
  });
});

describe('list notifications', () => {
  const notification: ListNotification = {
    uri: 'sip:team@deskside.test',
    version: 3,
    fullState: true,
    resources: [
      {
        uri: 'sip:kate@deskside.test',
        name: 'Kate',
        state: 'active',
        document: { contentType: 'application/pidf+xml', body: '<presence/>\r\n' },
      },
      { uri: 'sip:john@deskside.test', state: 'terminated', reason: 'noresource' },
    ],
  };

  it('come back', () => {
    const { contentType, body } = encodeListNotification(notification);
    expect(contentType).to.contain('type="application/rlmi+xml"');
    expect(decodeListNotification(contentType, body)).to.deep.equal(notification);
  });

  it('survive a document that is missing or nonsense', () => {
    const { contentType, body } = encodeListNotification(notification);
    const read = decodeListNotification(contentType, body.replace('Content-ID: <r0', 'Content-ID: <other'));
    expect(read?.resources[0]).to.deep.equal({ uri: 'sip:kate@deskside.test', name: 'Kate', state: 'active' });
  });

  it('are refused without meta-information', () => {
    const { contentType, body } = encodeListNotification(notification);
    expect(decodeListNotification(contentType, body.replace('application/rlmi+xml', 'text/xml'))).to.equal(undefined);
    expect(decodeListNotification('text/plain', body)).to.equal(undefined);
    expect(decodeListNotification(contentType, body.replace('version="3"', 'version="x"'))).to.equal(undefined);
  });
});
