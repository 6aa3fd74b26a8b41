/** Drives one agent's page as the agent would: by what is on the screen, with mouse and keyboard. */
import assert from 'node:assert/strict';
import type { ElementHandle, Frame, KeyInput, Page } from 'puppeteer-core';

/** Milliseconds until something that should happen counts as not happening. */
const LIMIT = 30_000;

/** Lets functions of this file run in the pages: the compiler names them with a helper that pages do not have. */
export async function preparePage(page: Page): Promise<void> {
  await page.evaluateOnNewDocument('globalThis.__name ??= (value) => value;');
}

/** Asks every 50 ms until the answer is yes; false where it never is. */
export async function until(condition: () => Promise<boolean>, limit = LIMIT): Promise<boolean> {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await condition()) return true;
  }
  return false;
}

/** One agent's desk, in a frame or in a page of its own. */
export class Desk {
  readonly frame: Frame;
  readonly page: Page;

  constructor(frame: Frame) {
    this.frame = frame;
    this.page = frame.page();
  }

  /** The first element of a CSS selector anywhere, also inside shadow roots, whose text or accessible name contains `name`. */
  async find(selector: string, name = ''): Promise<ElementHandle> {
    const found = await this.frame.waitForFunction(findDeep, { timeout: LIMIT, polling: 50 }, selector, name).catch(async () => {
      throw new Error(`Nothing matches ${selector} "${name}". On the screen:\n${await this.screenText()}`);
    });
    return found.asElement() as ElementHandle;
  }

  /** Clicks it with the mouse. */
  async click(selector: string, name = ''): Promise<void> {
    const element = await this.find(selector, name);
    await element.scrollIntoView();
    await element.click();
  }

  /** Puts the focus into a field by clicking it, and types. */
  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.page.keyboard.type(text);
  }

  /** Presses a key. */
  async press(key: KeyInput): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Waits until the text is on the screen. */
  async sees(text: string, limit = LIMIT): Promise<void> {
    if (!(await until(async () => (await this.screenText()).includes(text), limit))) {
      assert.fail(`"${text}" is not on the screen, which shows:\n${await this.screenText()}`);
    }
  }

  /** Waits until the text is on the screen no more. */
  async seesNoMore(text: string, limit = LIMIT): Promise<void> {
    if (!(await until(async () => !(await this.screenText()).includes(text), limit))) {
      assert.fail(`"${text}" is still on the screen, which shows:\n${await this.screenText()}`);
    }
  }

  /** Everything that can be read on the screen. */
  async screenText(): Promise<string> {
    return this.frame.evaluate(deepText);
  }

  /** How often a text stands on the screen. */
  async count(text: string): Promise<number> {
    return (await this.screenText()).split(text).length - 1;
  }
}

/** Runs in the page: text of all that is rendered, through open shadow roots. */
function deepText(): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeType === 3) parts.push(node.nodeValue ?? '');
    if (!(node instanceof Element || node instanceof ShadowRoot || node instanceof Document)) return;
    // What is only said to screen readers is not on the screen.
    if (node instanceof Element && node.hasAttribute('data-deskside-announcer')) return;
    if (node instanceof Element && /^(SCRIPT|STYLE|TEMPLATE)$/.test(node.tagName)) return;
    // A slot has no box of its own and counts as invisible; what is in it does not.
    if (node instanceof Element && !(node instanceof HTMLSlotElement) && !node.checkVisibility()) return;
    const inside =
      node instanceof HTMLSlotElement
        ? node.assignedNodes({ flatten: true })
        : (node instanceof Element && node.shadowRoot ? node.shadowRoot : node).childNodes;
    inside.forEach(visit);
    if (node instanceof Element && getComputedStyle(node).display !== 'inline') parts.push('\n');
  };
  visit(document.body);
  return parts
    .join(' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n');
}

/** Runs in the page: the first visible match in document order, through open shadow roots. */
function findDeep(selector: string, name: string): Element | null {
  const search = (root: Document | ShadowRoot | Element): Element | null => {
    for (const element of root.querySelectorAll('*')) {
      const label = element.getAttribute('aria-label') ?? element.textContent;
      if (element.matches(selector) && element.checkVisibility() && label.includes(name)) return element;
      const inner = element.shadowRoot ? search(element.shadowRoot) : null;
      if (inner) return inner;
    }
    return null;
  };
  return search(document);
}
