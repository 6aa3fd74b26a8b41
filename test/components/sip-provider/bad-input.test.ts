/** What a page may get wrong: each is told as a state and an event that says what to do, nothing is thrown, and the next try works. */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/components/sip-provider/sip-provider.define.js';
import type { SipProvider } from '../../../src/components/sip-provider/sip-provider.js';
import type { Credentials, Connection } from '../../../src/services/index.js';
import { demoRecords, memorySwitch } from '../../support/switches.js';
import { warnings } from '../../support/warnings.js';

const LIMIT = { timeout: 40_000 };

const connectionOf = (element: SipProvider): Connection | undefined => element.service.snapshot.get('connection');

/** A provider alone in its tab, and the codes of the errors that it told. */
async function provider(
  attributes: Readonly<Record<string, string>>,
): Promise<{ element: SipProvider; told: { code: string; message: string }[] }> {
  const told: { code: string; message: string }[] = [];
  const place = await fixture(html`<div></div>`);
  const element = document.createElement('sip-provider');
  element.addEventListener('serviceerror', ({ detail }) => told.push(detail));
  for (const [name, value] of Object.entries({ tabs: 'separate', ...attributes })) element.setAttribute(name, value);
  place.append(element);
  await element.updateComplete;
  return { element, told };
}

describe('<sip-provider>, used wrongly', () => {
  const { WebSocket: real } = globalThis;
  let password: string;

  before(async () => {
    const { open } = await memorySwitch();
    password = (await demoRecords()).find(({ user }) => user === 'kate')?.password ?? '';
    const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
    const socket = function (url: string, protocols?: string[]): WebSocket {
      return url.includes('memory.test') ? open(url, protocols ?? []) : new real(url, protocols);
    };
    Object.assign(globalThis, { WebSocket: Object.assign(socket, states) });
  });
  after(() => Object.assign(globalThis, { WebSocket: real }));

  const GOOD = { server: 'ws://memory.test', address: 'sip:kate@deskside.test' };

  it('without server or address it is not configured, and says nothing', async () => {
    for (const attributes of [{}, { server: GOOD.server }, { address: GOOD.address }]) {
      const { element, told } = await provider(attributes);
      expect(connectionOf(element)?.status ?? 'unconfigured').to.equal('unconfigured');
      expect(told.filter(({ code }) => code !== 'configuration')).to.deep.equal([]);
    }
  });

  for (const server of ['http://deskside.test', 'not a url', 'wss://', 'ws://127.0.0.1:1/nobody']) {
    it(`a server "${server}" is told as an error with what to do, and can be put right`, async () => {
      const { element, told } = await provider({ ...GOOD, server });
      element.credentials = password;
      await waitUntil(() => told.length > 0, 'an error is told', LIMIT);
      expect(told[0]?.code).to.be.oneOf(['configuration', 'unreachable']);
      expect(told[0]?.message.length).to.be.greaterThan(20);
      expect(connectionOf(element)?.status).not.to.equal('ready');
      element.setAttribute('server', GOOD.server);
      await waitUntil(() => connectionOf(element)?.status === 'ready', 'it connects once it is right', LIMIT);
    });
  }

  it('an address that is none is told as an error of the configuration, and can be put right', async () => {
    const { element, told } = await provider({ ...GOOD, address: 'kate at home' });
    element.credentials = password;
    await waitUntil(() => told.length > 0, 'an error is told', LIMIT);
    expect(told[0]?.code).to.equal('configuration');
    element.setAttribute('address', GOOD.address);
    await waitUntil(() => connectionOf(element)?.status === 'ready', 'it connects once it is right', LIMIT);
  });

  const refusing: readonly (readonly [what: string, credentials: Credentials | undefined])[] = [
    ['no credentials', undefined],
    ['a wrong password', 'wrong'],
    ['a function that throws', () => { throw new Error('a bug of the page'); }],
    ['a function that rejects', () => Promise.reject(new Error('the page is offline'))],
    ['a function that gives nothing', () => undefined as never],
  ]; // prettier-ignore

  for (const [what, credentials] of refusing) {
    it(`${what}: refused, told once as unauthorized, and the right one works after it`, async () => {
      const { element, told } = await provider(GOOD);
      element.credentials = credentials;
      await waitUntil(() => connectionOf(element)?.status === 'refused', 'it is refused', LIMIT);
      expect([...new Set(told.map(({ code }) => code))]).to.deep.equal(['unauthorized']);
      element.credentials = password;
      await waitUntil(() => connectionOf(element)?.status === 'ready', 'it connects with the right ones', LIMIT);
    });
  }

  it('a function that never answers keeps it connecting, and the page works on; the right one works after it', async () => {
    const { element, told } = await provider(GOOD);
    let asked = 0;
    element.credentials = () => ((asked += 1), new Promise(() => undefined));
    await waitUntil(() => asked > 0, 'it is asked', LIMIT);
    expect(connectionOf(element)?.status).not.to.equal('ready');
    element.credentials = password;
    await waitUntil(() => connectionOf(element)?.status === 'ready', 'it connects with the right ones', LIMIT);
    expect(told).to.deep.equal([]);
  });

  it('attributes that make no sense warn and change nothing else', async () => {
    const said = await warnings(async () => {
      const { element } = await provider({
        ...GOOD,
        rights: 'fly',
        tabs: 'many',
        'invitation-timeout': '-5',
        'ice-servers': 'nonsense',
        'auto-login': 'fax',
      });
      element.credentials = password;
      await waitUntil(() => connectionOf(element)?.status === 'ready', 'it connects all the same', LIMIT);
      expect(element.service.config.invitationTimeout).to.equal(60);
      expect(element.service.config.autoLogin).to.deep.equal([]);
    });
    expect(said.join('\n')).to.contain('fly').and.to.contain('invitation-timeout');
  });
});
