/** The reader of XML, held against the browser's own. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { encodePidf } from '../../../../src/services/protocol/codecs/pidf.js';
import { readXml, type XmlElement } from '../../../../src/services/protocol/codecs/xml-read.js';
import { growth } from '../../../support/growth.js';

type Tree = readonly [
  namespace: string,
  name: string,
  text: string,
  attributes: Readonly<Record<string, string | null>>,
  children: readonly Tree[],
];

/** What the browser's parser makes of a text; undefined where it refuses. */
function byBrowser(text: string): Element | undefined {
  const read = new DOMParser().parseFromString(text, 'application/xml');
  return read.doctype || read.getElementsByTagName('parsererror').length > 0 ? undefined : read.documentElement;
}

function treeOf(element: Element | XmlElement, names: readonly string[]): Tree {
  const attributes = Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
  const children = [...element.children].map((child: Element | XmlElement) => treeOf(child, names));
  return [element.namespaceURI ?? '', element.localName, element.textContent, attributes, children];
}

const NAMES = ['id', 'uri', 'entity', 'xmlns', 'xmlns:p', 'p:a'];

/** Either both refuse, or both read the same; what ours alone refuses is allowed where `strict` is not set. */
function compare(text: string, strict = false): void {
  const [ours, theirs] = [readXml(text), byBrowser(text)];
  if (ours) expect(theirs && treeOf(theirs, NAMES), text).to.deep.equal(treeOf(ours, NAMES));
  else if (strict) expect(theirs === undefined, `refused: ${text}`).to.equal(true);
}

const PIDF = encodePidf({
  entity: 'sip:kate@deskside.test',
  device: 'd1',
  channels: { im: { state: 'not-ready', reason: 'Lunch & <Co>', since: 0 }, voice: { state: 'busy' } },
});
const SAMPLES = [
  PIDF,
  '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- a - b --><p:x xmlns:p="urn:p" id=\'1"2\'>a<p:y/>b<![CDATA[<&>]]>c<y xmlns="urn:q" uri="&#x41;&#66;&amp;"/></p:x>\n<?end of it?>',
  '<a>\r\n<b id="x\ny\tz">&lt;&gt;&quot;&apos;</b>&#13;&#128512;</a>',
  '<a id="1\r\n2\r3\t4&#13;&#10;5"><![CDATA[1\r\n2\r3]]>&#13;</a>',
  '<a xmlns="urn:a"><b xmlns=""><c/></b><p:d xmlns:p="urn:p" p:a="1"/></a >',
];

describe('The XML reader', () => {
  it('reads what the browser reads', () => {
    for (const text of SAMPLES) {
      expect(readXml(text), text).not.to.equal(undefined);
      compare(text, true);
    }
  });

  it('refuses what the browser refuses', () => {
    const wrong = [
      '', ' ', 'x', '<a>', '</a>', '<a></b>', '<a/><b/>', '<a/>x', 'x<a/>', '<a b/>', '<a b=c/>', '<a b="<"/>', '<a b="1" b="2"/>', '<a b="1"c="2"/>',
      '<p:a/>', '<a p:b="1"/>', '<a xmlns:p=""/>', '<a>&b;</a>', '<a>&</a>', '<a>&#0;</a>', '<a>&#xD800;</a>', '<a>&#x110000;</a>', '<a>&amp</a>',
      '<a>]]></a>', '<a><!-- -- --></a>', '<a><!-- ></a>', '<a><? x?></a>', '<a><?xml version="1.0"?></a>', ' <?xml version="1.0"?><a/>', '<?xml?><a/>',
      '<?XML version="1.0"?><a/>', '<?xml version="1.0\'?><a/>', 
      '<a>\u0000</a>', '<a>\u0008</a>', '<a>\uFFFE</a>', '< a/>', '<a / >', '<1/>', '<a><![CDATA[</a>', '<a:b:c xmlns:a="x"/>', '<a>&toString;</a>',
    ]; // prettier-ignore
    for (const text of wrong) {
      expect(readXml(text), text).to.equal(undefined);
      compare(text, true);
    }
  });

  it('refuses document types, deep nesting, and lone surrogates, whatever the browser does', () => {
    for (const text of [
      '<!DOCTYPE a><a/>',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      '<a>'.repeat(65) + '</a>'.repeat(65),
      '<a>\uD800</a>',
    ]) {
      expect(readXml(text), text.slice(0, 40)).to.equal(undefined);
    }
    expect(readXml('<a>'.repeat(64) + '</a>'.repeat(64))).not.to.equal(undefined);
  });

  it('never reads what the browser reads otherwise, whatever is done to a document', () => {
    const edit = fc.record({
      at: fc.nat(700),
      cut: fc.nat(4),
      put: fc.string({ unit: fc.constantFrom(...Array.from('<>&;"\'/=:!?-[] \n\rxp#1')), maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.array(edit, { minLength: 1, maxLength: 3 }), (sample, edits) => {
        compare(
          edits.reduce((text, { at, cut, put }) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut), sample),
        );
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('takes time in proportion to the text, however it is made', () => {
    const heaps: ((size: number) => string)[] = [
      (size) => '<a '.repeat(size / 3),
      (size) => `<a${' b="c"'.repeat(size / 6)}`,
      (size) => `<a>${'&'.repeat(size)}`,
      (size) => `<a>${'<!-'.repeat(size / 3)}`,
      (size) => `<a${' '.repeat(size)}b`,
      (size) => `<?${'x'.repeat(size)}`,
    ];
    for (const heap of heaps) {
      expect(readXml(heap(60_000))).to.equal(undefined);
      expect(
        growth((size) => readXml(heap(size)), 15_000),
        heap(12),
      ).to.be.below(10);
    }
  });
});
