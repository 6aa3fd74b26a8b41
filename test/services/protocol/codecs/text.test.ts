/** Texts: limits, and what may leave the page. */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { cutUtf8, messageText, utf8Length, wellFormed } from '../../../../src/services/protocol/codecs/text.js';

const anyText = fc.string({ unit: 'binary' });
const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('text', () => {
  it('counts bytes as the encoder writes them', () => {
    fc.assert(fc.property(anyText, (text) => utf8Length(text) === bytes(text)));
    expect(utf8Length('aé日😀')).to.equal(10);
    expect(utf8Length('\ud800x\udc00')).to.equal(7);
    expect(utf8Length('日本語', 1)).to.equal(6);
  });

  it('cuts to bytes and never inside a character', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, limit) => {
        const cut = cutUtf8(text, limit);
        return text.startsWith(cut) && bytes(cut) <= limit && cut.isWellFormed() === text.slice(0, cut.length).isWellFormed();
      }),
    );
    expect(cutUtf8('😀😀', 7)).to.equal('😀');
    expect(cutUtf8('abc', 0)).to.equal('');
  });

  it('replaces lone surrogates, also where the platform has no method for it', () => {
    expect(wellFormed('a\ud800b😀\udc00')).to.equal('a\ufffdb😀\ufffd');
    const own = Object.getOwnPropertyDescriptor(String.prototype, 'toWellFormed');
    Object.defineProperty(String.prototype, 'toWellFormed', { value: undefined, configurable: true });
    try {
      expect(wellFormed('a\ud800b😀\udc00')).to.equal('a\ufffdb😀\ufffd');
    } finally {
      if (own) Object.defineProperty(String.prototype, 'toWellFormed', own);
    }
  });

  it('keeps a message but for control characters', () => {
    expect(messageText('a\0b\u0007c\td\r\ne\nf\rg\u0085')).to.equal('abc\td\r\ne\nf\rg');
    expect(messageText('שלום 日本 😀 <b>&amp;</b>')).to.equal('שלום 日本 😀 <b>&amp;</b>');
  });
});
