/**
 * A page of enter-painted.bench.ts: one agent who writes, or who is written to, with our elements, and with as little page as a person could use on
 * bare sip.js and bare JsSIP: a box, and a list that gets a line.
 */
import '../../../src/components/define-all.js';
import type { SipProvider } from '../../../src/components/sip-provider/sip-provider.js';
import type { SipService } from '../../../src/services/index.js';
import { jssip } from '../stacks/jssip-pair.js';
import type { BenchAccount, Stack } from '../stacks/pair.js';
import { sipjs } from '../stacks/sipjs-pair.js';

type Box = HTMLInputElement | HTMLTextAreaElement;

/** One agent's page: where texts are typed, or where those of the other one turn up. */
interface Sides {
  /** Where the texts turn up at the agent who is written to. */
  receive(url: string, receiver: BenchAccount): Promise<Node>;
  /** Where the agent types who writes. */
  write(url: string, sender: BenchAccount, receiver: BenchAccount): Promise<Box>;
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

async function until<T>(find: () => T | undefined | null | false): Promise<T> {
  for (;;) {
    const found = find();
    if (found) return found;
    await frame();
  }
}

/** Resolves once the frame that shows what is in the document now has been drawn. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}

async function provider(url: string, account: BenchAccount): Promise<SipProvider> {
  const made = document.createElement('sip-provider');
  Object.assign(made, { server: url, address: account.address, displayName: account.name, authUser: account.user, tabs: 'separate' });
  Object.assign(made, { credentials: account.password, autoLogin: 'im', keepForReload: 'nothing' });
  const window = document.createElement('im-window');
  Object.assign(window.style, WINDOW);
  made.append(window);
  document.body.append(made);
  await until(() => made.service.snapshot.get('channels')?.im.state === 'ready');
  return made;
}

/** As high as on a page of life: the newest line is seen, the others scroll. */
const WINDOW = { blockSize: '480px', inlineSize: '360px', overflow: 'auto' };

const sessionOf = (service: SipService): string | undefined => service.snapshot.get('sessions')?.[0];

const transcript = (): ShadowRoot | null | undefined =>
  document.querySelector('im-window')?.shadowRoot?.querySelector('im-transcript')?.shadowRoot;

const deskside: Sides = {
  async receive(url, receiver) {
    const made = await provider(url, receiver);
    const begun = (async () => {
      const invitation = await until(() => sessionOf(made.service));
      await made.service.im.accept(invitation);
      made.service.view.open(invitation);
    })();
    begun.catch(reportError);
    return made;
  },
  async write(url, sender, receiver) {
    const { service } = await provider(url, sender);
    const id = service.im.open({ type: 'agent', address: receiver.address, name: receiver.name });
    service.im.send(id, 'Can you help me?');
    await until(() => service.snapshot.get(`session:${id}`)?.status === 'connected');
    return until(() => transcript()?.querySelector('textarea'));
  },
};

function bare(stack: Stack): Sides {
  return {
    async receive(url, receiver) {
      const lines = document.createElement('ol');
      Object.assign(lines.style, WINDOW);
      document.body.append(lines);
      await stack.receive(url, receiver, (text) => {
        const line = document.createElement('li');
        line.textContent = text;
        lines.append(line);
        lines.scrollTop = lines.scrollHeight;
      });
      return lines;
    },
    async write(url, sender, receiver) {
      const box = document.createElement('input');
      document.body.append(box);
      const writer = await stack.write(url, sender, receiver);
      const send = writer.inDialog?.bind(writer) ?? writer.page.bind(writer);
      box.addEventListener('keydown', ({ key }) => {
        if (key !== 'Enter') return;
        void send(box.value);
        box.value = '';
      });
      return box;
    },
  };
}

const SIDES: Readonly<Record<string, Sides>> = { deskside, 'sip.js': bare(sipjs), JsSIP: bare(jssip) };

function sidesOf(stack: string): Sides {
  const sides = SIDES[stack];
  if (!sides) throw new Error(`There is no stack "${stack}".`);
  return sides;
}

/** Ms since 1970, with fractions: the pages are in processes of their own, on one machine's clock. */
const now = (): number => performance.timeOrigin + performance.now();

/** When something happened at the agent who is written to, ms since 1970. */
export interface Seen {
  readonly inDocument: number;
  readonly painted: number;
}

let lines: () => Node | null | undefined = () => undefined;
let box: Box | undefined;

/** What the bench asks of a page. */
export const painting = {
  async receive(stack: string, ...rest: Parameters<Sides['receive']>): Promise<void> {
    const place = await sidesOf(stack).receive(...rest);
    lines = () => (stack === 'deskside' ? transcript() : place);
  },
  async write(stack: string, ...rest: Parameters<Sides['write']>): Promise<void> {
    box = await sidesOf(stack).write(...rest);
  },
  /** Resolves once the text is painted. */
  async seen(text: string): Promise<Seen> {
    const place = await until(lines);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!place.textContent?.includes(text)) return;
        observer.disconnect();
        resolve();
      };
      const observer = new MutationObserver(look);
      observer.observe(place, { childList: true, subtree: true, characterData: true });
      look();
    });
    const inDocument = now();
    await painted();
    return { inDocument, painted: now() };
  },
  /** Types a text and presses Enter. @returns when, ms since 1970 */
  async type(text: string): Promise<number> {
    if (!box) throw new Error('Nobody writes here.');
    box.value = text;
    box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    // A hand needs a moment from the last letter to Enter, which comes anywhere between two frames.
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 16));
    const begun = now();
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    return begun;
  },
};
Object.assign(window, { painting });
