/** What a transcript says around its lines: who types, why nothing can be written, what becomes of what is. */
import type { ConnectionStatus, ImSession, Party, Right, TranscriptEntry } from '../../services/index.js';
import { announce } from '../internal/announcer.js';
import type { DesksideElement } from '../internal/base-element.js';
import { systemWords } from './lines.js';

/** Says new lines of others to those who do not see them. */
export function announceLines(element: DesksideElement, lines: readonly TranscriptEntry[], session: ImSession | undefined): void {
  for (const line of lines) {
    if (line.own) continue;
    if (line.kind === 'system') announce(systemWords(element, line, session?.peer.name ?? '', session?.direction === 'incoming'));
    else announce(element.text('transcript.announce', { name: line.from.name, text: line.text }));
  }
}

/** Who is writing; empty for nobody. */
export function typingWords(element: DesksideElement, typing: readonly Party[]): string {
  if (typing.length > 1) return element.text('transcript.typing-several');
  return typing[0] ? element.text('transcript.typing', { name: typing[0].name }) : '';
}

/** Why nothing can be written; undefined where it can. */
export function blockedWords(element: DesksideElement, session: ImSession, rights: readonly Right[] | undefined): string | undefined {
  if (session.status === 'ended') return element.text('composer.ended');
  const make = rights?.includes('im-make') ?? true;
  return session.status === 'not-connected' && !make ? element.text('composer.not-allowed') : undefined;
}

/** What becomes of a text that is written now; undefined where it goes out at once. */
export function hintWords(element: DesksideElement, session: ImSession, connection: ConnectionStatus | undefined): string | undefined {
  if (session.resuming) return element.text('im.resuming');
  if (session.status === 'connected' && connection === 'reconnecting') return element.text('composer.offline');
  return session.status === 'establishing' && !session.page ? element.text('composer.queued', { name: session.peer.name }) : undefined;
}
