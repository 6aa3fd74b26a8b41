/** Reads the demo's accounts. */
import { readFile } from 'node:fs/promises';
import type { Account } from './core/switch.js';

/** Domain of all demo accounts. */
export const DEMO_DOMAIN = 'deskside.test';

/** The records of `demo/data/agents.json`. */
export async function demoAccounts(): Promise<Account[]> {
  const text = await readFile(new URL('../data/agents.json', import.meta.url), 'utf8');
  return JSON.parse(text) as Account[];
}
