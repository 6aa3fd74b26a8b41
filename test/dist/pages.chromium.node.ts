/** The packed files on pages without a build step: under a strict policy, as the README says, and loaded twice. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startSwitch, type RunningSwitch } from '../../demo/switch/start.js';
import { elementEntries } from '../../demo/tools/entries.mjs';
import { freePort } from '../../demo/tools/free-port.mjs';
import { Desk, preparePage } from '../e2e/desk.js';
import { Opened } from '../support/node-browser.js';
import { ROOT } from '../support/root.mjs';
import { entryPoints, snippets, unpack, type Packed } from './packed.js';
import { hashOf, startSite, strictPolicy, type Site } from './site.js';

const tags = elementEntries(join(ROOT, 'src')).map(({ tag }) => tag);

/** The elements of a desk around nothing else. */
const DESK = `<agent-status></agent-status> <team-communicator inline></team-communicator> <im-tray></im-tray> <im-window></im-window> <im-notification></im-notification>`;

interface Watched {
  /** What the page's policy forbade. */
  violations: string[];
  /** The classic script's global. */
  deskside?: Record<string, unknown>;
}

/** A page that is open, and what went wrong in it. */
interface Opening {
  readonly desk: Desk;
  readonly errors: string[];
  readonly warnings: string[];
}

describe('the packed files in a browser', () => {
  const opened = new Opened();
  let packed: Packed;
  let site: Site;
  let running: RunningSwitch;
  let browser: Browser;

  before(async () => {
    packed = await opened.keep('the package', Promise.resolve(unpack()), (one) => {
      one.remove();
      return Promise.resolve();
    });
    running = await opened.keep('the switch', startSwitch({ kind: 'embedded', port: await freePort() }), (one) => one.stop());
    site = await opened.keep('the site', startSite(packed.folder), (one) => one.close());
    site.resources.set('/agents.json', { body: readFileSync(join(ROOT, 'demo', 'data', 'agents.json'), 'utf8') });
    site.resources.set('/sip-password', { body: 'kate-secret' });
    browser = await opened.browser('chromium');
  });
  after(() => opened.close());

  /** Opens a page in a session of its own. */
  async function open(path: string, body: string, policy?: string): Promise<Opening> {
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
    site.resources.set(path, { body: html, ...(policy ? { policy } : {}) });
    const page = await (await browser.createBrowserContext()).newPage();
    const [errors, warnings]: string[][] = [[], []];
    page.on('pageerror', (error) => errors?.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors?.push(message.text());
      if (message.type() === 'warn') warnings?.push(message.text());
    });
    await preparePage(page);
    await page.evaluateOnNewDocument(() => {
      const violations: string[] = ((globalThis as unknown as Watched).violations = []);
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(`${violatedDirective} ${blockedURI}`));
    });
    await page.goto(site.origin + path);
    return { desk: new Desk(page.mainFrame()), errors: errors ?? [], warnings: warnings ?? [] };
  }

  const provider = (user: string, name: string): string =>
    `<sip-provider server="${running.url}" address="sip:${user}@deskside.test" auth-user="${user}" display-name="${name}" directory="agents.json" auto-login="im">${DESK}</sip-provider>`;

  /** The page's own script, beside the package's. */
  function pageScript(user: string): string {
    const path = `/${user}.js`;
    site.resources.set(path, { body: `document.querySelector('sip-provider').credentials = async () => '${user}-secret';` });
    return path;
  }

  const defined = (desk: Desk): Promise<string[]> => desk.frame.evaluate((all) => all.filter((tag) => customElements.get(tag)), tags);

  it('carry a session between the ES module and the classic script, both under a strict policy', async () => {
    const policy = strictPolicy(running.url);
    const kate = await open(
      '/module.html',
      `${provider('kate', 'Kate Lewis')}<script type="module" src="deskside.js"></script><script type="module" src="${pageScript('kate')}"></script>`,
      policy,
    );
    const john = await open(
      '/classic.html',
      `<script src="deskside.classic.js"></script>${provider('john', 'John Davis')}<script src="${pageScript('john')}"></script>`,
      policy,
    );
    for (const { desk } of [kate, john]) {
      assert.deepEqual(await defined(desk), tags);
      await desk.sees('Ready');
    }
    await kate.desk.page.bringToFront();
    await kate.desk.type('input', 'john davis');
    await kate.desk.sees('1 matching internal target');
    await kate.desk.press('Enter');
    await kate.desk.sees('Not Connected');
    await kate.desk.type('textarea', 'from the module');
    await kate.desk.press('Enter');
    await john.desk.page.bringToFront();
    await john.desk.click('button', 'Accept');
    await john.desk.sees('from the module');
    await john.desk.type('textarea', 'from the classic script');
    await john.desk.press('Enter');
    await kate.desk.sees('from the classic script');
    for (const { desk, errors } of [kate, john]) {
      assert.deepEqual(errors, []);
      assert.deepEqual(await desk.frame.evaluate(() => (globalThis as unknown as Watched).violations), []);
    }
    const globals = await john.desk.frame.evaluate(() => Object.keys((globalThis as unknown as Watched).deskside ?? {}).sort());
    const names = await kate.desk.frame.evaluate(async (path) => Object.keys((await import(path)) as object).sort(), `${site.origin}/deskside.js`);
    assert.deepEqual(globals, names);
  });

  it('load one by one without a build step, under the same policy, at every address', async () => {
    const imports = {
      'lit': '/node_modules/lit/index.js',
      'lit/': '/node_modules/lit/',
      'lit-html': '/node_modules/lit-html/lit-html.js',
      'lit-html/': '/node_modules/lit-html/',
      'lit-element/': '/node_modules/lit-element/',
      '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
      '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
      '@lit/context': '/node_modules/@lit/context/index.js',
      'sip.js': '/node_modules/sip.js/lib/index.js',
      'sip.js/': '/node_modules/sip.js/',
      ...Object.fromEntries(entryPoints(packed).map(({ name, file }) => [name, `/package/${file}`])),
    };
    const map = JSON.stringify({ imports });
    const modules = entryPoints(packed).filter(({ file }) => /^dist\/(?!deskside).*\.js$/.test(file));
    // The documents' own examples of hosts, on a page as they describe it.
    const examples = snippets('js').filter(({ code }) => code.startsWith('import '));
    assert.ok(examples.length >= 3);
    examples.forEach(({ code }, at) => site.resources.set(`/example-${at}.js`, { body: code }));
    const { desk, errors } = await open(
      '/modules.html',
      `<script type="importmap">${map}</script><sip-provider></sip-provider><iframe title="CRM"></iframe>`,
      strictPolicy(running.url, hashOf(map)).replace('lit-html', `lit-html 'allow-duplicates'`),
    );
    const empty = await desk.frame.evaluate(
      async (names) => {
        const all = await Promise.all(names.map(async (name) => ({ name, found: Object.keys((await import(name)) as object).length })));
        return all.filter(({ found }) => found === 0).map(({ name }) => name);
      },
      modules.map(({ name }) => name),
    );
    assert.deepEqual(empty.filter((name) => !/\.define\.js$|define-all\.js$|host-adapter\.js$/.test(name)), []);
    assert.deepEqual(await defined(desk), tags);
    const failed = await desk.frame.evaluate(async (count) => {
      Object.assign(globalThis, { myAdapter: { name: 'mine', capabilities: {} } });
      const runs = Array.from({ length: count }, async (_, at) => {
        const path = `/example-${at}.js`;
        await fetch(path);
        // The one that waits for another window waits for ever here.
        return Promise.race([import(path).then(() => ''), new Promise<string>((resolve) => setTimeout(resolve, 1000, ''))]).catch(String);
      });
      return (await Promise.all(runs)).filter(Boolean);
    }, examples.length);
    assert.deepEqual([failed, errors], [[], []]);
    assert.deepEqual(await desk.frame.evaluate(() => (globalThis as unknown as Watched).violations), []);
  });

  it('do what the README says as it says it', async () => {
    const [paste] = snippets('html').filter(({ document }) => document === 'README.md');
    assert.ok(paste);
    const code = paste.code.replace('wss://switch.example/ws', running.url).replace('sip:kate@example.com', 'sip:kate@deskside.test');
    const { desk, errors } = await open('/readme.html', code);
    await desk.frame.waitForFunction(() => document.querySelector('sip-provider')?.service.snapshot.get('connection')?.status === 'ready');
    await desk.type('input', 'john davis');
    await desk.sees('1 matching internal target');
    assert.deepEqual(errors, []);
  });

  it('take every example of the documents, whose tags and attributes they know', async () => {
    const { desk, errors, warnings } = await open('/examples.html', '<script type="module" src="deskside.js"></script>');
    await desk.frame.waitForFunction(() => customElements.get('voice-call') !== undefined);
    interface Manifest {
      readonly modules: readonly { readonly declarations?: readonly { readonly tagName?: string; readonly attributes?: readonly { readonly name: string }[] }[] }[];
    }
    const known = Object.fromEntries(
      (JSON.parse(packed.read('dist/custom-elements.json')) as Manifest).modules
        .flatMap(({ declarations = [] }) => declarations)
        .flatMap(({ tagName, attributes = [] }) => (tagName ? [[tagName, attributes.map(({ name }) => name)] as const] : [])),
    );
    const strange = await desk.frame.evaluate(
      (examples, attributes) =>
        examples.flatMap((example) => {
          const { body } = new DOMParser().parseFromString(example, 'text/html');
          const elements = [...body.querySelectorAll('*')];
          document.body.append(...body.children);
          return elements.flatMap((element) => {
            const tag = element.localName;
            if (!tag.includes('-')) return [];
            if (!customElements.get(tag)) return [`<${tag}>`];
            const usual = ['id', 'class', 'slot', 'lang', 'hidden', 'dir'];
            return element.getAttributeNames().flatMap((name) => (attributes[tag]?.includes(name) || usual.includes(name) ? [] : [`<${tag} ${name}>`]));
          });
        }),
      snippets('html').map(({ code }) => code),
      known,
    );
    assert.deepEqual(strange, []);
    assert.deepEqual(errors.filter((text) => !/WebSocket|ERR_|Failed to load/.test(text)), []);
    assert.deepEqual(warnings.filter((text) => /already defined/.test(text)), []);
  });

  it('may be loaded twice: silent in the same version, with a warning in another, never with an error', async () => {
    const classic = packed.read('dist/deskside.classic.js');
    const { version } = packed.json;
    site.resources.set('/other.js', { body: classic.replaceAll(`"${version}"`, '"0.0.1"') });
    const twice = await open(
      '/twice.html',
      `${provider('kate', 'Kate Lewis')}<script src="deskside.classic.js"></script><script type="module" src="deskside.js"></script><script src="${pageScript('kate')}"></script>`,
    );
    await twice.desk.sees('Ready');
    assert.deepEqual(twice.errors, []);
    assert.deepEqual(twice.warnings.filter((text) => text.includes('already defined')), []);
    const other = await open('/other.html', `<script src="deskside.classic.js"></script><script src="other.js"></script><im-window></im-window>`);
    assert.deepEqual(other.errors, []);
    const told = other.warnings.filter((text) => text.includes('is already defined by Deskside'));
    assert.equal(told.length, tags.length, told.join('\n'));
    assert.match(told[0] ?? '', /Load one version only/);
  });
});
