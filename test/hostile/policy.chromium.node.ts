/** The demonstration under the policy of docs/security.md, Trusted Types included: a whole consultation between two agents without one violation. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import sirv from 'sirv';
import { startSwitch, type RunningSwitch } from '../../demo/switch/start.js';
import { buildIfStale } from '../../demo/tools/build.mjs';
import { freePort } from '../../demo/tools/free-port.mjs';
import { Desk, preparePage } from '../e2e/desk.js';
import { Opened } from '../support/node-browser.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** As the document prints it; the CRM that the demo plays stands in a frame of its own. */
function policyFor(socket: string): string {
  const printed = /```csp\n([\s\S]*?)```/.exec(readFileSync(`${ROOT}docs/security.md`, 'utf8'))?.[1] ?? '';
  return `${printed.replace(/\s+/g, ' ').trim().replace('wss://switch.example', socket)}; frame-src 'self'`;
}

interface Violated {
  violations: string[];
}

/** Runs in every page and frame before anything else. */
function watchViolations(): void {
  const violations: string[] = ((globalThis as unknown as Violated).violations = []);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) =>
    violations.push([violatedDirective, blockedURI, sourceFile, lineNumber, sample].join(' ')),
  );
}

async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe('content security policy and Trusted Types', () => {
  const opened = new Opened();
  let browser: Browser;
  let running: RunningSwitch;
  let server: Server;
  const desks: Desk[] = [];

  before(async () => {
    buildIfStale('demo');
    running = await opened.keep('the switch', startSwitch({ kind: 'embedded', port: await freePort() }), (one) => one.stop());
    const setHeaders = (response: { setHeader(name: string, value: string): void }): void =>
      response.setHeader('Content-Security-Policy', policyFor(running.url));
    server = createServer(sirv(`${ROOT}dist/demo`, { dev: true, setHeaders }));
    server.listen(0, '127.0.0.1');
    await opened.keep('the pages', once(server, 'listening'), () => stopServer(server));
    browser = await opened.browser('chromium');
  });
  after(() => opened.close());

  async function agentPage(user: string, name: string, more: Record<string, string> = {}): Promise<Desk> {
    const query = new URLSearchParams({
      server: running.url,
      address: `sip:${user}@deskside.test`,
      name,
      user,
      password: `${user}-secret`,
      directory: 'data/agents.json',
      ...more,
    });
    const page = await (await browser.createBrowserContext()).newPage();
    await page.setViewport({ width: 1280, height: 1000 });
    await preparePage(page);
    await page.evaluateOnNewDocument(watchViolations);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/agent.html?${query}`);
    const desk = new Desk(page.mainFrame());
    desks.push(desk);
    await desk.sees('Ready');
    return desk;
  }

  it('a consultation from search to Done runs without a violation', async () => {
    const kate = await agentPage('kate', 'Kate Lewis', { interaction: 'voice' });
    const john = await agentPage('john', 'John Davis');
    const crm = new Desk(await kate.page.waitForFrame((frame) => frame.url().includes('host.html')));
    await crm.find('body');
    await kate.page.bringToFront();
    await kate.click('button', 'Start Consultation');
    await kate.find('consult-panel:focus-within');
    await kate.page.keyboard.type('john davis');
    await kate.sees('1 matching internal target');
    await kate.press('Enter');
    await kate.sees('Not Connected');
    await kate.sees('Welcome to Instant Messaging. Send a message to start the session');
    await kate.page.keyboard.type('See https://example.com/<b>case</b>');
    await kate.press('Enter');
    await john.page.bringToFront();
    await john.sees('Consultation instant messaging from Kate Lewis');
    await john.click('button', 'Accept');
    await john.sees('Case Information');
    await john.sees('Connected');
    await john.type('textarea', 'I come');
    await john.press('Enter');
    await kate.page.bringToFront();
    await kate.sees('I come');
    await kate.click('button', 'End IM');
    await kate.sees('Ended');
    await kate.click('button', 'Done');
    await kate.seesNoMore('I come');
    for (const { page } of desks)
      for (const frame of page.frames())
        assert.deepEqual(await frame.evaluate(() => (globalThis as unknown as Violated).violations), [], frame.url());
  });

  it('would tell of one', async () => {
    const [desk] = desks;
    assert.ok(desk);
    await desk.frame.evaluate(() => {
      try {
        document.createElement('p').innerHTML = '<b>x</b>';
      } catch {
        // Trusted Types throw.
      }
      document.body.setAttribute('style', 'color: red');
    });
    await desk.frame.waitForFunction(() => (globalThis as unknown as Violated).violations.length >= 2);
  });
});
