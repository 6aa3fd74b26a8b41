import { expect, fixture, html } from '@open-wc/testing';
import { linkedText, linkify } from '../../../src/components/internal/linkify.js';
import { growth } from '../../support/growth.js';

const links = (text: string): string[] => linkify(text).flatMap((part) => (part.href === undefined ? [] : [part.text]));

describe('linkify', () => {
  const found: readonly (readonly [text: string, link: string, href?: string])[] = [
    ['see https://example.com/x?y=1#z now', 'https://example.com/x?y=1#z'],
    ['(https://example.com/a_(b))', 'https://example.com/a_(b)'],
    ['https://example.com/a.', 'https://example.com/a'],
    ['“https://example.com”', 'https://example.com', 'https://example.com/'],
    ['HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM', 'http://example.com/'],
    ['www.example.com, please', 'www.example.com', 'https://www.example.com/'],
    ['write to mailto:kate@deskside.test!', 'mailto:kate@deskside.test'],
    ['tel:+49-30-1234;', 'tel:+49-30-1234'],
    ['اتصل https://example.com الآن', 'https://example.com', 'https://example.com/'],
    ['https://example.com\u202egnp.exe', 'https://example.com', 'https://example.com/'],
  ];
  for (const [text, link, href = link] of found) {
    it(`finds ${link} in ${JSON.stringify(text)}`, () => {
      expect(linkify(text).filter((part) => part.href !== undefined)).to.deep.equal([{ text: link, href }]);
    });
  }

  const none = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'https://',
    'http:// ',
    'https://bank.com@evil.test/',
    'xhttps://example.com',
    'mailto:',
    'mailto:nobody',
    'tel:',
    'tel:abc',
    'notes.md',
    'kate@deskside.test',
    `https://example.com/${'a'.repeat(3000)}`,
    'java\u0000script:https',
  ];
  for (const text of none) it(`leaves ${JSON.stringify(text.slice(0, 40))} alone`, () => expect(links(text)).to.deep.equal([]));

  it('loses no character', () => {
    for (const [text] of found)
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).to.equal(text);
    for (const text of [...none, '', '\ud800 https://example.com \udfff'])
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).to.equal(text);
  });

  it('takes time in proportion to hostile words, up to 32 KiB', () => {
    const parts = ['a', 'a.', 'http://', 'https://a', 'mailto:', 'mailto:a@', 'tel:', 'www.', '(', ')', '/', 'tel:11 ', 'http://a '];
    const begun = [')', '(', '.'].map((part) => ['http://a', part] as const);
    const hostile = [...parts.map((part) => ['', part] as const), ...begun, ['mailto:', 'a@'], ['https://', '['], ['tel:', '1-']] as const;
    for (const [start, part] of hostile) {
      const text = (size: number): string => start + part.repeat(Math.ceil(size / part.length)).slice(0, size);
      expect(
        growth((size) => linkify(text(size)), 8192),
        `${start}${part}…`,
      ).to.be.below(10);
    }
  });

  it('draws text as text and opens links elsewhere without a trace', async () => {
    const page = await fixture<HTMLElement>(html`<p>${linkedText('<img src=x onerror=alert(1)> https://example.com/"onclick="x')}</p>`);
    expect(page.querySelector('img')).to.equal(null);
    const link = page.querySelector('a');
    expect(link?.getAttribute('href')).to.equal('https://example.com/');
    expect([link?.target, link?.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect(page.textContent).to.equal('<img src=x onerror=alert(1)> https://example.com/"onclick="x');
  });
});
