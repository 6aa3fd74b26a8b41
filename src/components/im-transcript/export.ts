/** A transcript taken out of the page, where right and host allow it: as text, HTML or JSON. Nothing of it is kept anywhere here. */
import { entries, type HostLogEntry, type ImSession, type Transcript, type TranscriptEntry } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatFull } from '../internal/format.js';
import { systemWords } from './lines.js';

/** Ways out that a host may allow. */
export type ExportWay = 'copy' | 'download' | 'log';

/** Formats of a download. */
export type ExportFormat = 'text' | 'html' | 'json';

const WAYS: readonly ExportWay[] = ['copy', 'download', 'log'];

/** File ending and media type of each format. */
const FILES: Readonly<Record<ExportFormat, readonly [ending: string, type: string]>> = {
  text: ['txt', 'text/plain'],
  html: ['html', 'text/html'],
  json: ['json', 'application/json'],
};

/** The ways that the attribute allows; unknown words are passed over. */
export function allowedWays(attribute: string | undefined): readonly ExportWay[] {
  const words = (attribute ?? '').split(/\s+/);
  return WAYS.filter((way) => words.includes(way));
}

/** One line as text: `[full time] Name: words`. */
export function lineText(element: DesksideElement, entry: TranscriptEntry, peer: string): string {
  const time = `[${formatFull(entry.at, element.locale)}]`;
  return entry.kind === 'message' ? `${time} ${entry.from.name}: ${entry.text}` : `${time} ${systemWords(element, entry, peer)}`;
}

/** Every line as text. */
export function transcriptText(element: DesksideElement, transcript: Transcript, peer: string): string {
  return [...entries(transcript)].map((entry) => lineText(element, entry, peer)).join('\n');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.toWellFormed().replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');

/** A page of its own: nothing in it but escaped text. */
function transcriptPage(element: DesksideElement, transcript: Transcript, peer: string): string {
  const lines = [...entries(transcript)].map((entry) => `<p dir="auto">${escaped(lineText(element, entry, peer))}</p>`);
  return `<!doctype html><html lang="${escaped(element.locale)}"><meta charset="utf-8"><title>${escaped(peer)}</title>\n${lines.join('\n')}\n</html>\n`;
}

/** The transcript in a format. */
export function exported(element: DesksideElement, transcript: Transcript, peer: string, format: ExportFormat): string {
  if (format === 'json') return JSON.stringify([...entries(transcript)], null, 2);
  return format === 'html' ? transcriptPage(element, transcript, peer) : transcriptText(element, transcript, peer);
}

/** Hands a file to the person. */
export function download(page: Document, name: string, format: ExportFormat, content: string): void {
  const [ending, type] = FILES[format];
  const link = page.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`;
  link.click();
  // The address may go as soon as the download has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The entry for the host's record. @param now wall-clock ms, where the session goes on */
export function logEntry(session: ImSession, now: number, transcript: string): HostLogEntry {
  return {
    kind: session.origin === 'consultation' ? 'im-consultation' : 'im',
    ...(session.interaction ? { interactionId: session.interaction.id } : {}),
    startedAt: session.connectedAt ?? session.openedAt,
    endedAt: session.endedAt ?? now,
    peer: session.peer.address,
    outcome: session.outcome?.code ?? session.status,
    transcript,
  };
}
