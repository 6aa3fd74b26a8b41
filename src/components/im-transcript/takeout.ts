/** Taking a transcript out: copy, download, the host's record. Only what the agent's right and the host both allow. */
import { callHost, find, hasRight, type ImSession, type Right, type Transcript } from '../../services/index.js';
import { announce } from '../internal/announcer.js';
import type { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { PopoverController } from '../internal/popover.js';
import { allowedWays, download, exported, lineText, logEntry, transcriptText, type ExportFormat, type ExportWay } from './export.js';

/** What there is to take out, and what is allowed. */
export interface TakeoutSource {
  readonly session?: ImSession | undefined;
  readonly transcript?: Transcript | undefined;
  readonly rights?: readonly Right[] | undefined;
  /** The host's attribute. */
  readonly allowed?: string | undefined;
}

/** The ways out of one element. */
export class Takeout {
  readonly #host: DesksideElement;
  readonly #source: () => TakeoutSource;
  readonly #commands: CommandController<'log'>;
  /** The menu of formats. */
  readonly menu: PopoverController;

  constructor(host: DesksideElement, source: () => TakeoutSource) {
    this.#host = host;
    this.#source = source;
    this.#commands = new CommandController(host);
    this.menu = new PopoverController(host, {
      anchor: () => host.renderRoot.querySelector('#download'),
      panel: () => host.renderRoot.querySelector<HTMLElement>('#formats'),
    });
  }

  /** The ways out that are allowed now. */
  get ways(): readonly ExportWay[] {
    const { rights, allowed } = this.#source();
    if (!hasRight(rights ?? [], 'transcript-export')) return [];
    const log = this.#host.activeService?.host?.capabilities.log === true;
    return allowedWays(allowed).filter((way) => way !== 'log' || log);
  }

  readonly copyAll = (): void => {
    const { session, transcript } = this.#source();
    if (session && transcript) this.#copy(transcriptText(this.#host, transcript, session.peer.name));
  };

  readonly download = (format: ExportFormat): void => {
    const { session, transcript } = this.#source();
    this.menu.hide();
    if (!session || !transcript) return;
    const { name } = session.peer;
    download(this.#host.ownerDocument, name, format, exported(this.#host, transcript, name, format));
  };

  readonly log = (): void => {
    const { session, transcript } = this.#source();
    const { host } = this.#host.activeService ?? {};
    if (!session || !transcript || !host) return;
    const entry = logEntry(session, Date.now(), transcriptText(this.#host, transcript, session.peer.name));
    const send = (): Promise<void> => callHost({ what: 'log', call: (options) => host.log?.(entry, options) ?? Promise.resolve() });
    void this.#commands.run('log', send).then((done) => announce(this.#host.text(done ? 'transcript.logged' : 'error.host')));
  };

  /** Ctrl+C on a line copies it, where nothing is selected and copying is allowed. */
  copyLine(event: KeyboardEvent): void {
    const { session, transcript } = this.#source();
    const line = event.composedPath().find((at) => at instanceof HTMLElement && at.role === 'listitem');
    const id = line instanceof HTMLElement ? line.dataset['id'] : undefined;
    const entry = id && transcript ? find(transcript, id) : undefined;
    if (!session || !entry || !this.ways.includes('copy') || String(this.#host.ownerDocument.getSelection())) return;
    event.preventDefault();
    this.#copy(lineText(this.#host, entry, session.peer.name));
  }

  #copy(text: string): void {
    void navigator.clipboard.writeText(text).then(
      () => announce(this.#host.text('transcript.copied')),
      () => announce(this.#host.text('transcript.not-copied')),
    );
  }
}
