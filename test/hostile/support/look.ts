/** What an agent's page knows, as seen by a test outside of it. */
import type { Page } from 'puppeteer-core';
import type { SipService } from '../../../src/services/index.js';
import { until } from '../../e2e/desk.js';

interface Desk {
  deskside: { service: SipService };
}

/** One session as the page has it. */
export interface Seen {
  readonly id: string;
  readonly peer: string;
  readonly status: string;
  /** Texts of others, in order. */
  readonly texts: readonly string[];
  /** Own texts with their state. */
  readonly own: readonly string[];
  /** Case data as `key=value`. */
  readonly data: readonly string[];
}

/** Every session of the page, oldest first. */
export function sessionsOf(page: Page): Promise<Seen[]> {
  return page.evaluate(() => {
    const { snapshot } = (globalThis as unknown as Desk).deskside.service;
    return (snapshot.get('sessions') ?? []).flatMap((id) => {
      const session = snapshot.get(`session:${id}`);
      const lines = (snapshot.get(`transcript:${id}`)?.chunks ?? []).flat().filter((entry) => entry.kind === 'message');
      if (!session) return [];
      return {
        id,
        peer: session.peer.address,
        status: session.status,
        texts: lines.flatMap((entry) => (entry.own ? [] : [entry.text])),
        own: lines.flatMap((entry) => (entry.own ? [`${entry.text}: ${String(entry.state)}`] : [])),
        data: (snapshot.get(`case:${id}`)?.data ?? []).map(({ key, value }) => `${key}=${value}`),
      };
    });
  });
}

/** Waits for a session that fits. */
export async function sessionWith(page: Page, fits: (session: Seen) => boolean): Promise<Seen> {
  let seen: Seen[] = [];
  const isThere = await until(async () => (seen = await sessionsOf(page)).some(fits));
  const found = seen.find(fits);
  if (!isThere || !found) throw new Error(`No such session: ${JSON.stringify(seen)}`);
  return found;
}

/** Accepts; settles at once, for the ACK is the test's. */
export async function accept(page: Page, id: string): Promise<void> {
  await page.evaluate((session) => {
    const { service } = (globalThis as unknown as Desk).deskside;
    service.view.open(session);
    void service.im.accept(session).catch(() => undefined);
  }, id);
}

/** Writes a line. */
export async function write(page: Page, id: string, text: string): Promise<void> {
  await page.evaluate((session, words) => void (globalThis as unknown as Desk).deskside.service.im.send(session, words), id, text);
}

/** Ends whatever is open, but for one session, and takes it off the screen. */
export async function closeAll(page: Page, but = ''): Promise<void> {
  await page.evaluate(async (kept) => {
    const { service } = (globalThis as unknown as Desk).deskside;
    for (const id of service.snapshot.get('sessions') ?? []) if (id !== kept) await service.im.close(id).catch(() => undefined);
  }, but);
}
