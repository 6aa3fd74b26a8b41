/** The page of the transcript bench: three transcripts, ours and two peers', each filled and appended to in its own way. */
import '@vaadin/message-list';
import type { MessageList } from '@vaadin/message-list';
import { DeepChat } from 'deep-chat';
import '../../../src/components/im-transcript/im-transcript.define.js';
import type { DomainEvent } from '../../../src/services/domain/events.js';
import type { EngineHost } from '../../../src/services/engine.js';
import { browserEnvironment } from '../../../src/services/environment.js';
import { DesksideService } from '../../../src/services/service/deskside-service.js';

/** One transcript under measurement. */
interface Stack {
  fill(lines: number): void;
  append(text: string): void;
  /** Words of the newest line as it is drawn. */
  newest(): string;
  readonly element: HTMLElement;
}

const JOHN = { address: 'sip:john@deskside.test', name: 'John Davis', user: 'john' };
const textOf = (at: number): string => `Line ${at}: can you please help me with this call?`;

/** The whole way of a line: domain event, reducers, snapshot, element. */
function deskside(): Stack {
  let host: EngineHost | undefined;
  const service = new DesksideService(browserEnvironment(), (made) => {
    host = made;
    return {
      execute: () => Promise.resolve(),
      configure: () => undefined,
      reconnect: () => undefined,
      stop: () => Promise.resolve(),
    };
  });
  const tell = (event: DomainEvent): void => host?.emit(event);
  const element = document.createElement('im-transcript');
  element.service = service;
  element.sessionId = 's';
  const at = Date.now();
  const session = {
    id: 's',
    direction: 'incoming',
    origin: 'internal',
    status: 'connected',
    peer: JOHN,
    parties: [JOHN],
    openedAt: at,
    unread: 0,
  } as const;
  tell({ type: 'session-opened', at, session });
  let count = 0;
  const receive = (text: string): void =>
    tell({ type: 'message-received', at, sessionId: 's', id: `m${(count += 1)}`, from: JOHN, text, sentAt: at + count * 61_000 });
  return {
    element,
    fill: (lines) => {
      for (let line = 0; line < lines; line += 1) receive(textOf(line));
    },
    append: receive,
    newest: () => element.renderRoot.querySelector('.lines')?.lastElementChild?.lastElementChild?.lastElementChild?.textContent ?? '',
  };
}

/** `<vaadin-message-list>`: a new line is a new list of items. */
function vaadin(): Stack {
  const element: MessageList = document.createElement('vaadin-message-list');
  const item = (text: string): { text: string; time: string; userName: string } => ({ text, time: 'now', userName: 'John Davis' });
  return {
    element,
    fill: (lines) => (element.items = Array.from({ length: lines }, (_, line) => item(textOf(line)))),
    append: (text) => (element.items = [...(element.items ?? []), item(text)]),
    newest: () => element.lastElementChild?.textContent ?? '',
  };
}

/** `<deep-chat>`. */
function deepChat(): Stack {
  const element = new DeepChat();
  element.connect = { handler: () => undefined };
  return {
    element,
    fill: (lines) => (element.history = Array.from({ length: lines }, (_, line) => ({ text: textOf(line), role: 'ai' }))),
    append: (text) => element.addMessage({ text, role: 'ai' }),
    newest: () => element.shadowRoot?.querySelector('#messages')?.lastElementChild?.textContent ?? '',
  };
}

const STACKS = { deskside, vaadin, deepChat } as const;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

let shown: Stack | undefined;

/** Shows a transcript with its first lines; settles when they are drawn. */
async function fill(stack: keyof typeof STACKS, lines: number): Promise<void> {
  shown = STACKS[stack]();
  const { element } = shown;
  element.style.setProperty('display', 'block');
  element.style.setProperty('inline-size', '400px');
  element.style.setProperty('block-size', '400px');
  document.body.replaceChildren(element);
  await frame();
  shown.fill(lines);
  do await frame();
  while (!shown.newest().includes(textOf(lines - 1)));
}

/** Frames until a line that is not drawn counts as lost. Ours may rest for 50 ms after the flood that filled it (decision 021). */
const PATIENCE = 300;

/** Appends lines, each drawn before the next one comes; fails where one is not. */
async function append(from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += 1) {
    shown?.append(`Appended ${at}.`);
    await frame();
    for (let frames = 0; frames < PATIENCE && !shown?.newest().includes(`Appended ${at}.`); frames += 1) await frame();
    // The frame that shows it is painted, too.
    await frame();
    if (!shown?.newest().includes(`Appended ${at}.`)) throw new Error(`Line ${at} was not drawn.`);
  }
}

/** What the bench asks of the page. */
const transcriptBench = { fill, append };

declare global {
  interface Window {
    transcriptBench: typeof transcriptBench;
  }
}
window.transcriptBench = transcriptBench;
