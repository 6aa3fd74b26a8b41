/**
 * The torture messages of RFC 4475 and RFC 5118, and our own, through the whole stack: a page in a real browser, a real socket. Each gets the
 * answer that docs/torture.md says, nothing is thrown, and the page still works. The printed ones stand beside the project (on CI they must).
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { OWN_TORTURE } from '../fixtures/torture/messages.js';
import { answersOfPage, TORTURE, type Answer } from '../services/protocol/codecs/torture-table.js';
import { findBrowser, type BrowserKind } from '../support/browsers.mjs';
import { Opened } from '../support/node-browser.js';
import { AGENT, HostileSwitch } from './support/hostile-switch.js';
import { openPlace, type WatchedPage } from './support/page.js';

const FOLDER = fileURLToPath(new URL('../../../shared/torture/', import.meta.url));
const REQUEST_LINE = /^(\S+) \S+ SIP\/2\.0\r\n/;

/** As a switch would pass it on: text, or a binary frame where the bytes are no UTF-8. */
function asFrame(bytes: Buffer): string | Buffer {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function addressed(frame: string | Buffer): string {
  return String(frame).replace(REQUEST_LINE, `$1 ${AGENT};gr=urn:uuid:00000000-0000-4000-8000-000000000001 SIP/2.0\r\n`);
}

for (const kind of ['chromium', 'firefox'] satisfies BrowserKind[]) {
  const missing = findBrowser(kind) || process.env['CI'] ? false : `no ${kind} here`;
  describe(`torture messages at a whole page in ${kind}`, { skip: missing }, () => {
    const opened = new Opened();
    let sip: HostileSwitch;
    let desk: WatchedPage;

    before(async () => {
      const place = await opened.keep('the place', openPlace(kind), (one) => one.close());
      sip = await opened.keep('the switch', HostileSwitch.start(), (one) => one.stop());
      desk = await place.desk(sip.url);
    });
    after(() => opened.close());

    /** Says it and returns the final status that came back. */
    async function statusOf(frame: string | Buffer): Promise<Answer> {
      const from = sip.frames.length;
      sip.say(frame);
      await sip.settled();
      const finals = sip.frames.slice(from).filter((one) => /^SIP\/2\.0 [2-6]/.test(one) && !one.includes('switch.deskside.test'));
      assert.ok(finals.length < 2, finals.join('\n'));
      return finals[0] === undefined ? 'nothing' : Number(finals[0].slice(8, 11));
    }

    if (existsSync(FOLDER)) {
      for (const file of Object.keys(TORTURE)) {
        const [printed, toUs] = answersOfPage(file);
        it(`${file}: ${printed}`, async () => assert.equal(await statusOf(asFrame(readFileSync(FOLDER + file))), printed));
        if (toUs === undefined) continue;
        it(`${file}, to us: ${toUs}`, async () => assert.equal(await statusOf(addressed(asFrame(readFileSync(FOLDER + file)))), toUs));
      }
    } else {
      it('the printed messages stand beside the project on CI', () => assert.equal(process.env['CI'], undefined, `${FOLDER} is missing`));
    }

    for (const { point, text, expected } of OWN_TORTURE.filter((one) => one.expected !== 'pass')) {
      const answer = expected === 'drop' ? 'nothing' : expected;
      it(`${point}: ${answer}`, async () => assert.equal(await statusOf(text), answer));
    }

    it('never threw, logged nothing, and is still connected', () => {
      assert.deepEqual(desk.faults, []);
      assert.ok(sip.connected);
    });
  });
}
