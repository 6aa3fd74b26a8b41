/** Commands that an element gave: which are under way, and what became of them. Nothing else is shown before the wire confirms it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isServiceError } from '../../services/service-error.js';
import type { ServiceErrorCode } from '../../services/index.js';

/** Why a command failed, for `error.<code>` of the strings table. */
export interface CommandFailure {
  readonly code: ServiceErrorCode;
  /** Says what to do, in English, for developers; agents read the table's words. */
  readonly message: string;
}

/**
 * Runs commands by name. While one is under way the same name does nothing more, so a double click is one command.
 *
 *     readonly #commands = new CommandController<'accept' | 'reject'>(this);
 *     #handleAccept = () => this.#commands.run('accept', () => service.im.accept(id));
 *     html`<button aria-busy=${this.#commands.pending('accept')}>…`
 */
export class CommandController<N extends string = string> implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #pending = new Set<N>();
  readonly #failures = new Map<N, CommandFailure>();

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the command is under way. */
  pending(name: N): boolean {
    return this.#pending.has(name);
  }

  /** Why it failed the last time; undefined where it did not. */
  failure(name: N): CommandFailure | undefined {
    return this.#failures.get(name);
  }

  /** Forgets a failure, or all of them. */
  clear(name?: N): void {
    if (name === undefined) this.#failures.clear();
    else this.#failures.delete(name);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#failures.clear();
  }

  /**
   * Runs a command, also one that throws at once. A `ServiceError` becomes a failure; anything else is a bug: it shows as `internal` and
   * is reported to the page.
   * @returns whether it succeeded
   */
  async run(name: N, command: () => unknown): Promise<boolean> {
    if (this.#pending.has(name)) return false;
    this.#pending.add(name);
    this.clear(name);
    try {
      await command();
      return true;
    } catch (error) {
      this.#fail(name, error);
      return false;
    } finally {
      this.#pending.delete(name);
      this.#host.requestUpdate();
    }
  }

  #fail(name: N, error: unknown): void {
    const known = isServiceError(error);
    if (!known) reportError(error);
    if (!this.#host.isConnected) return;
    this.#failures.set(name, known ? { code: error.code, message: error.message } : { code: 'internal', message: String(error) });
  }
}
