/** The agents of the demo data, who are known to both switches. */
import { readFile } from 'node:fs/promises';
import type { BenchAccount } from './pair.js';

/** All of them, in the order of the data. */
export async function benchAccounts(): Promise<BenchAccount[]> {
  const file = new URL('../../../demo/data/agents.json', import.meta.url);
  const records = JSON.parse(await readFile(file, 'utf8')) as (BenchAccount & { readonly type: string })[];
  return records.filter(({ type }) => type === 'agent');
}
