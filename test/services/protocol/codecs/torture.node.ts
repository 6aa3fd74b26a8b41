/**
 * The printed torture messages, where their folder stands beside the project (`../shared/torture`; on CI it must). The
 * project's own messages of the same points run in the browsers, see screen.test.ts.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { screen, type Verdict } from '../../../../src/services/protocol/codecs/screen.js';
import { answersOfPage, TORTURE, type Expected } from './torture-table.js';

const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = `${PROJECT}../shared/torture/`;
const GUIDE = readFileSync(`${PROJECT}docs/torture.md`, 'utf8');

function short(verdict: Verdict): Expected {
  return verdict.verdict === 'respond' ? verdict.status : verdict.verdict;
}

test('the guide names each message with its verdict', () => {
  for (const [file, expected] of Object.entries(TORTURE)) {
    const name = file.replace(/^.*\//, '').replace(/\.dat$/, '');
    assert.match(GUIDE, new RegExp(`^\\| ${name} +\\|.*\\| ${expected} +\\| ${answersOfPage(file).join('; ')} +\\|`, 'm'), name);
  }
});

if (existsSync(FOLDER)) {
  test('the table holds every printed message', () => {
    const files = ['rfc4475', 'rfc5118'].flatMap((folder) => readdirSync(FOLDER + folder).map((file) => `${folder}/${file}`));
    assert.deepEqual(files.sort(), Object.keys(TORTURE).sort());
  });
  for (const [file, expected] of Object.entries(TORTURE)) {
    test(`${file}: ${expected}`, () => {
      const verdict = screen(new TextDecoder().decode(readFileSync(FOLDER + file)));
      assert.equal(short(verdict), expected, JSON.stringify(verdict).slice(0, 300));
      if (verdict.verdict === 'pass') assert.equal(short(screen(verdict.text)), 'pass');
    });
  }
} else {
  test('the printed messages stand beside the project on CI', () => assert.equal(process.env['CI'], undefined, `${FOLDER} is missing`));
}
