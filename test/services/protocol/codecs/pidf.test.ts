/** Presence documents: own ones exactly, foreign ones as near as it goes. */
import { expect } from '@open-wc/testing';
import type { ChannelPresence, Presence } from '../../../../src/services/domain/presence.js';
import { encodePidf } from '../../../../src/services/protocol/codecs/pidf.js';
import { decodePidf } from '../../../../src/services/protocol/codecs/pidf-read.js';

const ENTITY = 'sip:kate@deskside.test';
const SINCE = 1_767_323_045_000;
const own = (channels: Presence['channels'], device = 'd1'): string => encodePidf({ entity: ENTITY, device, channels });
const channelsOf = (xml: string): Presence['channels'] | undefined => decodePidf(xml)?.presence.channels;
const foreign = (inner: string): string =>
  `<p:presence xmlns:p="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid" entity="${ENTITY}">${inner}</p:presence>`;
const tuple = (inner: string, id = 'x1'): string => `<p:tuple id="${id}">${inner}</p:tuple>`;
const OPEN = '<p:status><p:basic>open</p:basic></p:status>';
const merged = (...documents: string[]): string =>
  documents.reduce((all, one) => all.replace('</presence>', `${/<tuple.*<\/tuple>/s.exec(one)?.[0] ?? ''}</presence>`));

describe('PIDF', () => {
  const states: ChannelPresence[] = [
    { state: 'ready', since: SINCE },
    { state: 'not-ready', reason: 'Lunch <& more>', since: SINCE },
    { state: 'not-ready' },
    { state: 'after-call-work', since: SINCE },
    { state: 'busy' },
    { state: 'do-not-disturb', since: SINCE },
    { state: 'logged-off' },
  ];
  for (const presence of states) {
    it(`comes back on each channel: ${presence.state} ${presence.reason ?? ''}`, () => {
      const other: ChannelPresence = { state: 'ready', since: 1_000 };
      expect(channelsOf(own({ im: presence, voice: other }))).to.deep.equal({ im: presence, voice: other });
      expect(channelsOf(own({ im: other, voice: presence }))).to.deep.equal({ im: other, voice: presence });
    });
  }

  it('is one word for the row', () => {
    expect(decodePidf(own({ im: { state: 'ready' }, voice: { state: 'busy' } }))?.presence.state).to.equal('busy');
    expect(decodePidf(own({ im: { state: 'unknown' } }))).to.deep.equal({ entity: ENTITY, presence: { state: 'unknown', channels: {} } });
  });

  it('folds devices: busy first, then what is newest, logged off last', () => {
    const fold = (a: ChannelPresence, b: ChannelPresence): string | undefined =>
      channelsOf(merged(own({ im: a }, 'a'), own({ im: b }, 'b')))?.im?.state;
    expect(fold({ state: 'logged-off', since: 9_000 }, { state: 'ready', since: 1_000 })).to.equal('ready');
    expect(fold({ state: 'busy', since: 1_000 }, { state: 'ready', since: 9_000 })).to.equal('busy');
    expect(fold({ state: 'ready', since: 1_000 }, { state: 'not-ready', since: 9_000 })).to.equal('not-ready');
    expect(fold({ state: 'not-ready', since: 9_000 }, { state: 'ready', since: 1_000 })).to.equal('not-ready');
  });

  const table: readonly (readonly [string, string, Presence['channels'] | undefined])[] = [
    ['open means ready on all channels', tuple(OPEN), { im: { state: 'ready' }, voice: { state: 'ready' } }],
    [
      'closed means logged off',
      tuple('<p:status><p:basic>closed</p:basic></p:status>'),
      { im: { state: 'logged-off' }, voice: { state: 'logged-off' } },
    ],
    ['a telephone', tuple(`${OPEN}<p:contact>tel:+1</p:contact>`), { voice: { state: 'ready' } }],
    [
      'a person on the phone',
      `${tuple(OPEN)}<dm:person id="p"><r:activities><r:on-the-phone/></r:activities></dm:person>`,
      { im: { state: 'busy' }, voice: { state: 'busy' } },
    ],
    [
      'a person at lunch',
      `${tuple(OPEN)}<dm:person id="p"><r:activities><r:meal/></r:activities></dm:person>`,
      { im: { state: 'not-ready', reason: 'meal' }, voice: { state: 'not-ready', reason: 'meal' } },
    ],
    [
      'a person who works',
      `${tuple(OPEN)}<dm:person id="p"><r:activities><r:working/></r:activities></dm:person>`,
      { im: { state: 'ready' }, voice: { state: 'ready' } },
    ],
    [
      'a person who is away, with a note',
      `${tuple(OPEN)}<dm:person id="p"><r:activities><r:away/></r:activities><dm:note>Back at two</dm:note></dm:person>`,
      { im: { state: 'not-ready', reason: 'Back at two' }, voice: { state: 'not-ready', reason: 'Back at two' } },
    ],
    [
      'do not disturb, in others’ words',
      `${tuple(`${OPEN}<p:note>Do Not Disturb</p:note>`)}<dm:person id="p"><r:activities><r:busy/></r:activities></dm:person>`,
      { im: { state: 'do-not-disturb' }, voice: { state: 'do-not-disturb' } },
    ],
    [
      'some other activity',
      tuple(`${OPEN}<r:activities><r:other>Gardening</r:other></r:activities>`),
      { im: { state: 'not-ready', reason: 'Gardening' }, voice: { state: 'not-ready', reason: 'Gardening' } },
    ],
    ['no status at all', tuple(''), { im: { state: 'unknown' }, voice: { state: 'unknown' } }],
    [
      'own tuples before foreign ones',
      tuple(OPEN) + tuple('<p:status><p:basic>closed</p:basic></p:status>', 'im-7'),
      { im: { state: 'logged-off' }, voice: { state: 'ready' } },
    ],
    ['no tuples', '', {}],
  ];
  for (const [name, inner, channels] of table) it(`reads ${name}`, () => expect(channelsOf(foreign(inner))).to.deep.equal(channels));

  it('leaves out an impossible time', () => {
    expect(channelsOf(foreign(tuple(`${OPEN}<p:timestamp>2026-99-99T00:00:00Z</p:timestamp>`, 'im-1')))).to.deep.equal({
      im: { state: 'ready' },
    });
  });

  it('refuses what is none', () => {
    for (const wrong of ['', '<presence/>', 'x', foreign('<p:tuple>')]) expect(decodePidf(wrong), wrong).to.equal(undefined);
  });
});
