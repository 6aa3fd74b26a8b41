/** One agent's page with a telephone: calls by the name of the other side. */
import assert from 'node:assert/strict';
import type { Browser, ElementHandle, Frame } from 'puppeteer-core';
import { Desk, preparePage, until } from './desk.js';
import { Sound, watchSound } from './sound.js';

/** A call as it stands on the screen. */
export interface ShownCall {
  /** The word in its pill. */
  readonly status: string;
  readonly text: string;
}

/** See the head of the file. */
export class VoiceDesk extends Desk {
  readonly sound: Sound;

  constructor(frame: Frame) {
    super(frame);
    this.sound = new Sound(frame);
  }

  /** The call with somebody, as it is shown now. */
  async callWith(name: string): Promise<ShownCall> {
    const card = await this.#card(name);
    return card.evaluate((element) => ({
      status: element.querySelector('[part=status]')?.textContent.trim() ?? '',
      text: element.textContent,
    }));
  }

  /** Waits for the status word of a call. */
  async seesCall(name: string, status: string): Promise<void> {
    const isThere = await until(async () => (await this.callWith(name)).status === status);
    if (!isThere) assert.fail(`The call with ${name} is not "${status}":\n${await this.screenText()}`);
  }

  /** Waits for text in an element. */
  async seesIn(selector: string, text: string): Promise<void> {
    const isThere = await until(async () =>
      (await this.find(selector)).evaluate((element, wanted) => (element.shadowRoot?.textContent ?? '').includes(wanted), text),
    );
    if (!isThere) assert.fail(`"${text}" is not in ${selector}:\n${await this.screenText()}`);
  }

  /** Clicks a button of a call once it can be used. */
  async presses(name: string, button: string): Promise<void> {
    let found: ElementHandle | undefined;
    const isThere = await until(async () => {
      for (const one of await (await this.#card(name)).$$('.controls button:not([aria-disabled=true])')) {
        if ((await one.evaluate((element) => element.textContent.trim())) === button) found = one;
      }
      return found !== undefined;
    });
    if (!isThere || !found) assert.fail(`The call with ${name} has no "${button}":\n${await this.screenText()}`);
    await found.scrollIntoView();
    await found.click();
  }

  /** Start Consultation, then voice with whom the Team Communicator has chosen by itself: by keyboard. */
  async consults(group: string): Promise<void> {
    await (await this.find('button', 'Start Consultation')).focus();
    await this.press('Enter');
    await this.sees(group);
    await this.find('[role=row][aria-selected=true]', 'John Davis');
    await this.chooses('Start Voice Consultation');
  }

  /** Chooses an action of the selected target by keyboard, once it can be chosen: the news that a partner is free again take their time. */
  async chooses(action: string): Promise<void> {
    await this.page.keyboard.down('Alt');
    await this.press('ArrowDown');
    await this.page.keyboard.up('Alt');
    const item = await this.find('[role=menuitem]:not([aria-disabled=true])', action);
    // The menu has the focus: its items are reached by the arrows.
    for (let at = 0; at < 12 && !(await item.evaluate((element) => element.matches(':focus'))); at += 1) await this.press('ArrowDown');
    await this.press('Enter');
  }

  #card(name: string): Promise<ElementHandle> {
    return this.find('article', `Call with ${name}`);
  }
}

/** An agent's page in a browser session of its own; `more` goes into its address. */
export async function openDesk(
  browser: Browser,
  demo: string,
  { user, name, ...more }: { readonly user: string; readonly name: string } & Readonly<Record<string, string>>,
): Promise<VoiceDesk> {
  const { url } = (await (await fetch(new URL('switch.json', demo))).json()) as { url: string };
  const address = `sip:${user}@deskside.test`;
  const query = new URLSearchParams({ server: url, address, name, user, password: `${user}-secret`, ...more });
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1280, height: 1000 });
  await preparePage(page);
  await watchSound(page);
  await page.goto(new URL(`agent.html?${query}`, demo).href);
  const desk = new VoiceDesk(page.mainFrame());
  await desk.sees('Ready');
  return desk;
}
