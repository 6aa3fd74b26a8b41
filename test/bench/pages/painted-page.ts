/**
 * The page of enter-painted.bench.ts: two agents who write to each other, with our elements, and with as little page as a person could use on bare
 * sip.js and bare JsSIP: a box, and a list that gets a line. Both agents of a stack share the page's one thread, so what the sender's page draws for
 * itself counts, too.
 */
import '../../../src/components/define-all.js';
import type { SipProvider } from '../../../src/components/sip-provider/sip-provider.js';
import type { SipService } from '../../../src/services/index.js';
import { jssipPair } from '../stacks/jssip-pair.js';
import type { BenchAccount, MakePair } from '../stacks/pair.js';
import { sipjsPair } from '../stacks/sipjs-pair.js';

/** One stack: where its agent types, and where the texts of the other one's page turn up. */
interface Stack {
  readonly box: HTMLInputElement | HTMLTextAreaElement;
  readonly lines: Node;
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
  made.append(document.createElement('im-window'));
  document.body.append(made);
  await until(() => made.service.snapshot.get('channels')?.im.state === 'ready');
  return made;
}

const sessionOf = (service: SipService): string | undefined => service.snapshot.get('sessions')?.[0];

const transcript = (made: SipProvider): ShadowRoot | null | undefined =>
  made.querySelector('im-window')?.shadowRoot?.querySelector('im-transcript')?.shadowRoot;

async function deskside(url: string, sender: BenchAccount, receiver: BenchAccount): Promise<Stack> {
  const [kate, john] = [await provider(url, sender), await provider(url, receiver)];
  const id = kate.service.im.open({ type: 'agent', address: receiver.address, name: receiver.name });
  kate.service.im.send(id, 'Can you help me?');
  const invitation = await until(() => sessionOf(john.service));
  await john.service.im.accept(invitation);
  john.service.view.open(invitation);
  await until(() => kate.service.snapshot.get(`session:${id}`)?.status === 'connected');
  const lines = await until(() => transcript(john));
  return { box: await until(() => transcript(kate)?.querySelector('textarea')), lines };
}

async function bare(make: MakePair, url: string, sender: BenchAccount, receiver: BenchAccount): Promise<Stack> {
  const lines = document.createElement('ol');
  const box = document.createElement('input');
  document.body.append(box, lines);
  const pair = await make(url, sender, receiver, (text) => {
    const line = document.createElement('li');
    line.textContent = text;
    lines.append(line);
  });
  const send = pair.inDialog?.bind(pair) ?? pair.page.bind(pair);
  box.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    void send(box.value);
    box.value = '';
  });
  return { box, lines };
}

/** How one stack is set up. */
type Begin = (url: string, sender: BenchAccount, receiver: BenchAccount) => Promise<Stack>;

const BEGIN: Readonly<Record<string, Begin>> = {
  deskside,
  'sip.js': (...parties) => bare(sipjsPair, ...parties),
  JsSIP: (...parties) => bare(jssipPair, ...parties),
};

/** Types a text, presses Enter. @returns ms from the key until the text is in the other agent's lines, and until that is painted */
async function write({ box, lines }: Stack, text: string): Promise<Times> {
  box.value = text;
  box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  // The next key comes at any moment between two frames.
  await painted();
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 16));
  const shown = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!lines.textContent?.includes(text)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(lines, { childList: true, subtree: true, characterData: true });
  });
  const begun = performance.now();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
  await shown;
  const inDocument = performance.now() - begun;
  await painted();
  return { inDocument, painted: performance.now() - begun };
}

/** From the key, ms. */
export interface Times {
  readonly inDocument: number;
  readonly painted: number;
}

const stacks = new Map<string, Stack>();
let count = 0;

/** What the bench asks of the page. */
export const writing = {
  stacks: Object.keys(BEGIN),
  async begin(stack: string, url: string, sender: BenchAccount, receiver: BenchAccount): Promise<void> {
    const begin = BEGIN[stack];
    if (begin) stacks.set(stack, await begin(url, sender, receiver));
  },
  /** Messages of one stack, one after the other. */
  async run(stack: string, messages: number): Promise<Times[]> {
    const times: Times[] = [];
    const found = stacks.get(stack);
    for (let at = 0; found && at < messages; at += 1)
      times.push(await write(found, `Line ${(count += 1)}: can you help me with this call?`));
    return times;
  },
};
Object.assign(window, { writing });
