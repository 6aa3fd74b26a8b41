/** What the tests of the transcript share. */
import { html } from 'lit';
import type { ImTranscript } from '../../../src/components/im-transcript/im-transcript.js';
import type { ImSession, TranscriptEntry } from '../../../src/services/index.js';
import { fakeService, inside, mount, type Answers, type FakeService } from '../../support/elements.js';
import { line, session, systemLine, transcript } from '../../support/people.js';

/** A session's first lines. */
export const HELLO = [
  systemLine('system-0', 'invited'),
  line('m1', 'Hello Kate'),
  systemLine('system-2', 'accepted'),
  line('m2', 'Hello John', { own: true }),
];

/** A service with one session. */
export function desk(lines: readonly TranscriptEntry[] = HELLO, more: Partial<ImSession> = {}, answers: Answers = {}): FakeService {
  const store: Answers = { 'view.setDraft': (id: string, text: string) => fake.store.set(`draft:${id}`, text), ...answers };
  const fake = fakeService({ sessions: ['s1'], 'session:s1': session(more), 'transcript:s1': transcript(...lines) }, store);
  return fake;
}

/** A transcript of it, 320 px high. */
export async function show(fake: FakeService): Promise<ImTranscript> {
  const element = await mount<ImTranscript>(html`<im-transcript session-id="s1"></im-transcript>`, fake);
  element.style.setProperty('block-size', '320px');
  return element;
}

/** The message box. */
export const box = (element: ImTranscript): HTMLTextAreaElement => inside<HTMLTextAreaElement>(element, 'textarea');

/** Types a text in place of what is there. */
export function type(element: ImTranscript, text: string): void {
  box(element).value = text;
  box(element).dispatchEvent(new Event('input', { bubbles: true }));
}

/** Presses a key in the box. */
export function press(element: ImTranscript, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
  box(element).dispatchEvent(event);
  return event;
}

/** Arguments of every command of that name. */
export const given = (fake: FakeService, name: string): unknown[][] =>
  fake.commands.filter(([command]) => command === name).map(([, ...args]) => args);

/** Many lines of both, one after another. */
export const many = (count: number): TranscriptEntry[] =>
  Array.from({ length: count }, (_, at) => line(`m${at}`, `line ${at}`, { own: at % 2 === 0 }));
