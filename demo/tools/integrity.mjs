/** Writes dist/sri.json: the Subresource Integrity value (W3C SRI, sha384) of each file that a page loads by itself. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = 'dist';
const files = ['deskside.js', 'deskside.classic.js'].filter((file) => existsSync(join(dist, file)));
const integrity = (/** @type {string} */ file) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(dist, file)))
    .digest('base64')}`;
const values = Object.fromEntries(files.map((file) => [file, integrity(file)]));
writeFileSync(join(dist, 'sri.json'), `${JSON.stringify(values, null, 2)}\n`);
