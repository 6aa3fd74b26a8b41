/** Credentials at a whole page: asked for when they are needed, answered with the strongest hash, and found nowhere. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { until } from '../e2e/desk.js';
import type { SipRequest } from '../../demo/switch/core/message.js';
import type { SipService } from '../../src/services/index.js';
import { HostileSwitch } from './support/hostile-switch.js';
import { openPlace, type WatchedPage } from './support/page.js';

const challenge = (algorithm: string, nonce: string): string =>
  `WWW-Authenticate: Digest realm="deskside.test", nonce="${nonce}", algorithm=${algorithm}, qop="auth"`;
const BOTH = (nonce: string): string[] => [challenge('MD5', nonce), challenge('SHA-256', nonce)];

interface Watched {
  deskside: { service: SipService };
  asked: { attempt: number; realm?: string }[];
  heard: string[];
}

const authorization = (request: SipRequest): string => request.headers.get('authorization') ?? '';

/** What is set as `credentials`, one after the other; the last goes on. */
type Secrets = readonly (string | { readonly ha1: string } | { readonly token: string })[];

for (const kind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(kind) || process.env['CI'] ? false : `no ${kind} here`;
  describe(`credentials at a whole page in ${kind}`, { skip: missing }, () => {
    const opened = new Opened();
    let sip: HostileSwitch;
    let desk: WatchedPage;

    before(async () => {
      const place = await opened.keep('the place', openPlace(kind), (one) => one.close());
      sip = await opened.keep('the switch', HostileSwitch.start(), (one) => one.stop());
      desk = await place.desk(sip.url, 'kate');
      sip.manual.add('REGISTER');
    });
    after(() => opened.close());

    /**
     * Sets a function that gives these secrets, loses the connection, and returns the REGISTER with the first of them.
     * @param isKnown an earlier secret is remembered: it is tried first, and refused
     */
    async function challenged(secrets: Secrets, headers: readonly string[], isKnown = true): Promise<SipRequest> {
      await desk.page.evaluate(giveSecrets, secrets);
      sip.forget();
      await sip.cut();
      const plain = await sip.asked('REGISTER');
      assert.equal(authorization(plain), '');
      const answered = isKnown ? await refuse(plain, BOTH('old')) : plain;
      return refuse(answered, headers);
    }

    /** The REGISTER after this one. */
    async function refuse(request: SipRequest, headers: readonly string[]): Promise<SipRequest> {
      const from = sip.messages.length;
      sip.reply(request, 401, headers);
      return sip.asked('REGISTER', from);
    }

    /** Grants a REGISTER. The question who holds the device, which comes first after a loss and names no Contact, is followed by the one that registers. */
    async function registered(request: SipRequest): Promise<void> {
      const from = sip.messages.length;
      sip.obey(request);
      if (!request.headers.get('contact')) sip.obey(await sip.asked('REGISTER', from));
      assert.ok(await until(() => desk.page.evaluate(isReady)), 'connected');
    }

    /** The secret is in no element, storage, log, event or error, and plainly on no wire but as a token. */
    async function isNowhere(...secrets: readonly string[]): Promise<void> {
      const everything = [await desk.page.evaluate(allThatCanBeRead), ...desk.faults, ...sip.frames].join('\n');
      for (const secret of secrets) assert.ok(!everything.includes(secret), `${secret} was found`);
    }

    it('answers SHA-256 where it is offered, MD5 otherwise', async () => {
      const first = await challenged(['Pa55-sha'], BOTH('n1'), false);
      assert.match(authorization(first), /algorithm=SHA-256/);
      await registered(first);
      const second = await challenged(['Pa55-md5'], [challenge('MD5', 'n2')]);
      assert.match(authorization(second), /algorithm=MD5/);
      await registered(second);
      await isNowhere('Pa55-sha', 'Pa55-md5');
    });

    it('asks the function again after a refusal, with a fresh nonce, and once more when what it gave has expired', async () => {
      const first = await challenged(['N3w-Secret', 'Third-S3cret'], BOTH('n4'));
      assert.match(authorization(first), /nonce="n4"/);
      await registered(first);
      const asked = (): Promise<Watched['asked']> => desk.page.evaluate(() => (globalThis as unknown as Watched).asked);
      assert.deepEqual(await asked(), [{ realm: 'deskside.test', attempt: 1 }]);
      sip.forget();
      await sip.cut();
      const later = await refuse(await sip.asked('REGISTER'), BOTH('n5'));
      await registered(await refuse(later, BOTH('n6')));
      assert.equal((await asked()).length, 2);
      await isNowhere('N3w-Secret', 'Third-S3cret');
    });

    it('takes an HA1 and a token', async () => {
      const ha1 = 'deadbeef'.repeat(4);
      const first = await challenged([{ ha1 }], BOTH('n7'));
      assert.match(authorization(first), /algorithm=MD5/);
      await registered(first);
      await isNowhere(ha1);
      const second = await challenged([{ token: 'T0ken.abc' }], ['WWW-Authenticate: Bearer realm="x"', ...BOTH('n8')]);
      assert.equal(authorization(second), 'Bearer T0ken.abc');
      await registered(second);
      sip.forget();
      await isNowhere('T0ken.abc');
    });

    it('says that the switch refused them, and not what they were', async () => {
      sip.reply(await challenged(['Wr0ng-Secret'], BOTH('n8')), 401, BOTH('n9'));
      assert.ok(await until(() => desk.page.evaluate(isRefused)));
      await isNowhere('Wr0ng-Secret');
      assert.match(await desk.page.evaluate(() => document.body.textContent), /refuses the credentials/);
    });
  });
}

/** Runs in the page: credentials by an async function, and ears for whatever is told. */
function giveSecrets(secrets: Secrets): void {
  const watched = globalThis as unknown as Watched;
  const isFirst = !Object.hasOwn(watched, 'heard');
  if (isFirst) watched.heard = [];
  const { heard } = watched;
  const asked: Watched['asked'] = (watched.asked = []);
  const { service } = watched.deskside;
  if (isFirst) {
    service.onEvent((event) => heard.push(JSON.stringify(event)));
    service.onError((error) => heard.push(JSON.stringify(error)));
    for (const type of ['servicestate', 'serviceerror', 'imsession', 'imended', 'callstate'])
      document.addEventListener(type, (event) => heard.push(JSON.stringify((event as CustomEvent).detail)));
  }
  Object.assign(document.querySelector('sip-provider') ?? {}, {
    credentials: (request: { attempt: number; realm?: string }) => {
      asked.push(request);
      return new Promise((resolve) => setTimeout(() => resolve(secrets[Math.min(asked.length, secrets.length) - 1])));
    },
  });
}

/** Runs in the page: elements with their attributes through shadow roots, storage, the snapshot, and what was told. */
function allThatCanBeRead(): string {
  const { deskside, heard } = globalThis as unknown as Watched;
  const { snapshot } = deskside.service;
  const parts: string[] = [
    ...heard,
    ...Object.values(localStorage as object as Record<string, string>),
    ...Object.values(sessionStorage as object as Record<string, string>),
  ];
  for (const key of snapshot.keys()) parts.push(key, JSON.stringify(snapshot.get(key as 'connection')));
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      parts.push(...[...element.attributes].map(({ value }) => value));
      if (element.shadowRoot) visit(element.shadowRoot);
      else if (element.childElementCount === 0) parts.push(element.textContent);
    }
  };
  visit(document);
  return parts.join('\n');
}

/** Runs in the page. */
function isReady(): boolean {
  return (globalThis as unknown as Watched).deskside.service.snapshot.get('connection')?.status === 'ready';
}

/** Runs in the page. */
function isRefused(): boolean {
  return (globalThis as unknown as Watched).deskside.service.snapshot.get('connection')?.status === 'refused';
}
