/** What we give sip.js as parsed is what its own grammar would have made of it; the exceptions are named, and why. */
import { expect } from '@open-wc/testing';
import { Grammar, NameAddrHeader, type URI } from 'sip.js/lib/core/index.js';
import { READERS, readUri } from '../../../../src/services/protocol/sipjs/grammar.js';

const URIS = [
  'sip:kate@deskside.test',
  'sip:deskside.test',
  'sip:Kate@deskside.test:5060;transport=WS;lr;x=%41;gr=urn:uuid:1-2?Replaces=a%3Bb%3Dc&subject=x&subject=y',
  'sips:%41lice@deskside.test',
  'sip:kate:secret@deskside.test',
  'sip:kate;day=tuesday@deskside.test',
  'sip:[2001:db8::1]:5060',
  'sip:192.0.2.1',
  'sip:+49(30)1@deskside.test;user=PHONE',
  'sip:a%20b@deskside.test',
  'sip:kate@deskside.test;alias=192.0.2.1~5060~1;ob',
];
const NO_URIS = ['sip:%FF@deskside.test', 'tel:+4930', 'http://deskside.test/', 'sip:', 'kate@deskside.test', 'sip:a b@deskside.test', ''];

const PARTIES = [
  '"John Davis" <sip:john@deskside.test>;tag=1',
  '<sip:john@deskside.test>',
  'sip:john@deskside.test;tag=x',
  'John D <sip:john@deskside.test;x=y>;tag=2;q=0.5;Expires=60',
  '"John \\"JD\\" \\\\ Davis" <sip:john@deskside.test>',
  '"" <sip:john@deskside.test>',
  '"Jörg ☎" <sip:john@deskside.test>;x="q;r";flag',
  '<sip:john@deskside.test>;+sip.instance="<urn:uuid:1>";reg-id=1',
];
const NO_PARTIES = ['<tel:+4930>', '*', '<sip:john@deskside.test', '"x" sip:john@deskside.test', ''];

/** A parsed value as data; sip.js says -1 for what breaks its grammar. */
function plain(value: unknown): unknown {
  if (value === -1 || value === undefined) return undefined;
  if (value instanceof NameAddrHeader)
    return { text: value.toString(), name: value.displayName || undefined, parameters: value.parameters };
  return value;
}

const plainUri = (uri: URI | undefined): unknown =>
  uri && {
    parameters: uri.parameters,
    headers: uri.headers,
    text: uri.toString(),
    raw: uri.toRaw(),
    aor: uri.aor,
    user: uri.user,
    port: uri.port,
    scheme: uri.scheme,
  };

/** sip.js's answer for a field that may hold several values. */
function theirs(text: string, rule: string): unknown {
  const value: unknown = Grammar.parse(text, rule);
  return plain(Array.isArray(value) ? (value[0] as { parsed: unknown }).parsed : value);
}

describe('sipjs/grammar', () => {
  for (const text of [...URIS, ...NO_URIS]) {
    it(`reads the URI "${text}" as sip.js does`, () => {
      expect(plainUri(readUri(text))).to.deep.equal(plainUri(Grammar.URIParse(text)));
      expect(readUri(text) === undefined).to.equal(NO_URIS.includes(text));
    });
  }

  for (const [field, rule] of [
    ['from', 'From'],
    ['to', 'To'],
    ['contact', 'Contact'],
  ] as const) {
    it(`reads ${field} as sip.js does`, () => {
      for (const text of [...PARTIES, ...NO_PARTIES]) {
        const ours = plain(READERS.get(field)?.(text));
        const expected = theirs(text, rule);
        // The order of parameters is theirs for From and To: the tag last.
        const order = (value: unknown): unknown =>
          typeof value === 'object' && value && 'text' in value
            ? { ...value, text: String(value.text).split(';').toSorted().join(';') }
            : value;
        expect(order(ours), text).to.deep.equal(order(expected));
        expect(ours === undefined, text).to.equal(NO_PARTIES.includes(text));
      }
    });
  }

  for (const [field, rule, texts] of [
    ['event', 'Event', ['presence', 'Presence;id=1', 'refer;id=2;x', '', 'a;=']],
    ['content-type', 'Content_Type', ['text/plain', 'multipart/mixed;boundary="x y"', 'Message/CPIM;charset=utf-8', 'text', '']],
    ['content-disposition', 'Content_Disposition', ['session', 'Render;handling=optional', 'x-own', '']],
  ] as const) {
    it(`reads ${field} as sip.js does`, () => {
      for (const text of texts) {
        const ours = READERS.get(field)?.(text);
        const expected: unknown = Grammar.parse(text, rule);
        const known = expected === -1 ? undefined : expected;
        const part = (value: unknown): unknown =>
          typeof value === 'object' && value ? ('event' in value ? value.event : 'type' in value ? value.type : value) : value;
        expect(part(ours), text).to.deep.equal(part(known));
      }
    });
  }

  it('keeps what sip.js would change: a loose router’s value, the host behind maddr, the ttl', () => {
    expect(readUri('sip:p@deskside.test;lr=on')?.toString()).to.equal('sip:p@deskside.test;lr=on');
    expect(readUri('sip:p@deskside.test;maddr=192.0.2.1;ttl=3')?.toString()).to.equal('sip:p@deskside.test;maddr=192.0.2.1;ttl=3');
  });

  it('says that there is a challenge, and leaves it to the authenticator', () => {
    for (const field of ['www-authenticate', 'proxy-authenticate']) expect(READERS.get(field)?.('Digest realm="x"')).to.be.an('object');
  });
});
