/** Instant messaging for elements: what can be refused at once is refused here, the rest by the engine. */
import { shareCase } from '../domain/case-sharing.js';
import type { Command } from '../domain/commands.js';
import { refuseOpen, refuseSend, refuseText, type Refusal } from '../domain/im-rules.js';
import type { ImSession } from '../domain/im-session.js';
import type { Interaction, InteractionRef } from '../domain/interaction.js';
import type { NoticeName } from '../domain/notices.js';
import { problemWords, readInteraction } from '../domain/read-interaction.js';
import { parseAddress } from '../domain/party.js';
import { isServiceError, ServiceError } from '../service-error.js';
import type { ServiceConfig } from '../service-config.js';
import type { ImCommands } from '../sip-service.js';
import type { CommandBus } from './command-bus.js';
import type { ServiceState } from './state.js';

/** What they need. */
export interface ImCommandsOptions {
  readonly state: ServiceState;
  readonly bus: CommandBus;
  readonly config: () => ServiceConfig;
  readonly newId: () => string;
  /** Shows a session's window in this tab. */
  readonly show: (sessionId: string) => void;
}

function throwIf(refusal: Refusal | undefined): void {
  if (refusal) throw new ServiceError(refusal.code, refusal.message);
}

/** Makes the commands. */
export function createImCommands(options: ImCommandsOptions): ImCommands {
  return new Im(options);
}

class Im implements ImCommands {
  readonly #options: ImCommandsOptions;
  /** Sessions that were opened and are not in the snapshot yet: what they are for, by id. */
  readonly #opening = new Map<string, { readonly address: string; readonly interactionId: string | undefined }>();

  constructor(options: ImCommandsOptions) {
    this.#options = options;
  }

  open(...[target, { interaction, show: visibly = true } = {}]: Parameters<ImCommands['open']>): string {
    const { state, config, newId, show } = this.#options;
    throwIf(refuseOpen(state.read('account'), target, config().internalDomains));
    const read = interaction === undefined ? undefined : this.#readInteraction(interaction);
    const address = parseAddress(target.address)?.address ?? target.address;
    const known = this.#find(address, read?.id);
    const sessionId = known ?? newId();
    if (visibly) show(sessionId);
    if (known !== undefined) return known;
    this.#opening.set(sessionId, { address, interactionId: read?.id });
    const { type, name, user } = target;
    const shared = read && shareCase(read, config().caseSharing, 1).caseData;
    const about = read && { interaction: refOf(read) };
    this.#give({
      type: 'im.open',
      sessionId,
      target: { type, address, name, ...(user ? { user } : {}) },
      ...about,
      ...(shared ? { caseData: shared } : {}),
    })
      .catch((error: unknown) => this.#complain(error))
      .finally(() => this.#opening.delete(sessionId));
    return sessionId;
  }

  send(sessionId: string, text: string): string {
    throwIf(refuseText(text));
    if (!this.#opening.has(sessionId)) throwIf(refuseSend(this.#options.state.read, this.#session(sessionId)));
    const messageId = this.#options.newId();
    this.#give({ type: 'im.send', sessionId, messageId, text }).catch((error: unknown) => this.#complain(error));
    return messageId;
  }

  retry(sessionId: string, messageId: string): Promise<void> {
    return this.#give({ type: 'im.retry', sessionId, messageId });
  }

  accept(sessionId: string): Promise<void> {
    return this.#give({ type: 'im.accept', sessionId });
  }

  reject(sessionId: string, { text, busy }: { text?: string; busy?: boolean } = {}): Promise<void> {
    return this.#give({ type: 'im.reject', sessionId, ...(text ? { text } : {}), ...(busy ? { busy } : {}) });
  }

  dismiss(sessionId: string): void {
    this.#giveQuietly({ type: 'im.dismiss', sessionId });
  }

  end(sessionId: string): Promise<void> {
    return this.#give({ type: 'im.end', sessionId });
  }

  close(sessionId: string): Promise<void> {
    return this.#give({ type: 'im.close', sessionId });
  }

  goOnInSingleMessages(sessionId: string): Promise<void> {
    return this.#give({ type: 'im.page', sessionId });
  }

  typing(sessionId: string, active: boolean): void {
    if (this.#session(sessionId)?.status === 'connected') this.#giveQuietly({ type: 'im.typing', sessionId, active });
  }

  setNotice(notice: NoticeName, on: boolean): Promise<void> {
    return this.#give({ type: 'notices.set', notice, on });
  }

  read(sessionId: string): void {
    if (this.#session(sessionId)?.unread) this.#giveQuietly({ type: 'im.read', sessionId });
  }

  async updateCase(...[sessionId, data, { ended } = {}]: Parameters<ImCommands['updateCase']>): Promise<void> {
    const session = this.#session(sessionId);
    if (!session?.interaction) throw new ServiceError('invalid-state', 'This session is about no interaction: it has no case information.');
    const read = this.#readInteraction({ ...session.interaction, party: '', caseData: data });
    const shared = shareCase(read, this.#options.config().caseSharing, 1).caseData.data;
    await this.#give({ type: 'im.case', sessionId, data: shared, ...(ended ? { ended } : {}) });
  }

  #session(id: string): ImSession | undefined {
    return this.#options.state.read(`session:${id}`);
  }

  /** The session with this address about this interaction that is not over. */
  #find(address: string, interactionId: string | undefined): string | undefined {
    const { read } = this.#options.state;
    const fits = (id: string): boolean => {
      const session = read(`session:${id}`);
      if (!session || session.status === 'ended' || session.interaction?.id !== interactionId) return false;
      return session.peer.address === address || session.target?.address === address;
    };
    const opening = [...this.#opening].find(([, one]) => one.address === address && one.interactionId === interactionId);
    return (read('sessions') ?? []).findLast(fits) ?? opening?.[0];
  }

  #readInteraction(value: unknown): Interaction {
    const { interaction, problems } = readInteraction(value);
    if (problems.length) this.#options.state.report({ code: 'host', message: problemWords(problems) });
    if (!interaction) throw new ServiceError('host', 'The interaction of the page is malformed: it needs at least an id.');
    return interaction;
  }

  #give(command: Command): Promise<void> {
    return this.#options.bus.execute(command);
  }

  #giveQuietly(command: Command): void {
    this.#give(command).catch((error: unknown) => this.#complain(error));
  }

  /** An error that no caller waits for. What the state of things explains (a session ended meanwhile) is shown by the state itself. */
  #complain(error: unknown): void {
    if (isServiceError(error) && (error.code === 'invalid-state' || error.code === 'not-found')) return;
    this.#options.state.report(
      isServiceError(error) ? error.toJSON() : { code: 'internal', message: 'A command failed. Please report it.' },
    );
  }
}

function refOf({ id, media, label }: Interaction): InteractionRef {
  return { id, media, label };
}
