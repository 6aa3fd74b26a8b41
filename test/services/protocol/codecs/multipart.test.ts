/** multipart bodies. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { decodeMultipart, encodeMultipart, PART_LIMIT } from '../../../../src/services/protocol/codecs/multipart.js';

const bodies = fc.array(fc.string({ unit: 'binary-ascii' }), { minLength: 1, maxLength: 5 });

describe('multipart', () => {
  it('carries any bodies byte for byte', () => {
    fc.assert(
      fc.property(bodies, (all) => {
        const { contentType, body } = encodeMultipart(all.map((text) => ({ contentType: 'text/plain', body: text })));
        expect(decodeMultipart(contentType, body)?.map((part) => part.body)).to.deep.equal(all);
      }),
    );
  });

  it('carries line breaks at the ends, and bodies that look like delimiters', () => {
    const all = ['\r\n', '', '\n--', 'a\r\n--b--\r\n', '--deskside-00000000', '\r\n\r\n'];
    const { contentType, body } = encodeMultipart(all.map((text) => ({ contentType: 'text/plain', body: text })));
    expect(decodeMultipart(contentType, body)?.map((part) => part.body)).to.deep.equal(all);
    const inner = encodeMultipart([{ contentType: 'text/plain', body: 'x' }]);
    const outer = encodeMultipart([{ contentType: inner.contentType, body: inner.body }]);
    const [part] = decodeMultipart(outer.contentType, outer.body) ?? [];
    expect(part && decodeMultipart(part.contentType, part.body)?.[0]?.body).to.equal('x');
  });

  it('carries the header fields of parts, and nothing out of them', () => {
    const { contentType, body } = encodeMultipart(
      [{ contentType: 'text/plain\r\nX: y', disposition: 'render;handling=optional', contentId: '<a@b>', body: 'x' }],
      'related',
    );
    expect(contentType).to.match(/^multipart\/related;boundary="[^"]+"/);
    expect(decodeMultipart(contentType, body)).to.deep.equal([
      { contentType: 'text/plain X: y', disposition: 'render;handling=optional', contentId: 'a@b', body: 'x' },
    ]);
  });

  it('reads what others write', () => {
    const read = (body: string): string[] | undefined => decodeMultipart('multipart/mixed; boundary=b', body)?.map((part) => part.body);
    expect(read('preamble\r\n--b\r\n\r\none\r\n--b  \r\nContent-Type: a/b\r\n\r\ntwo\r\n--b--\r\nepilogue')).to.deep.equal(['one', 'two']);
    expect(read('--b\nContent-Type: a/b\n\none\n--b--')).to.deep.equal(['one']);
    expect(read('--b\r\n\r\nno end')).to.deep.equal(['no end']);
    expect(read('--b\r\n\r\n--bc\r\n--b--')).to.deep.equal(['--bc']);
  });

  it('refuses what is none', () => {
    expect(decodeMultipart('text/plain;boundary=b', '--b\r\n\r\nx\r\n--b--')).to.equal(undefined);
    expect(decodeMultipart('multipart/mixed', '--b\r\n\r\nx\r\n--b--')).to.equal(undefined);
    expect(decodeMultipart('multipart/mixed;boundary=b', 'nothing')).to.equal(undefined);
    expect(decodeMultipart('multipart/mixed;boundary=b', '--b--')).to.equal(undefined);
    expect(decodeMultipart('multipart/mixed;boundary=b', `${'--b\r\n\r\n'.repeat(PART_LIMIT + 1)}--b--`)).to.equal(undefined);
  });
});
