/** The part of the engine for presence: what this agent's channels are is published, and those whom an element shows are watched. */
import { LOGGED_OFF_CHANNELS, type Channels } from '../../domain/channel.js';
import type { Command } from '../../domain/commands.js';
import { parseAddress } from '../../domain/party.js';
import type { CreatePart, EngineContext, EnginePart } from '../engine-part.js';
import { Board } from './board.js';
import { Publisher } from './publisher.js';

/** User part of the list of everyone, in the agent's own domain (the switches shipped here have it); lists are asked for there. */
const EVERYONE = 'team';

/** Reads addresses one by one, as they are asked for; what is none is left out. */
function* canonical(addresses: readonly unknown[]): Generator<string, void> {
  for (const given of addresses) {
    const address = typeof given === 'string' ? parseAddress(given)?.address : undefined;
    if (address !== undefined) yield address;
  }
}

/** Makes it. */
export const createPresencePart: CreatePart = (context) => new PresencePart(context);

/** See the head of the file. */
class PresencePart implements EnginePart {
  readonly prefixes = ['presence'];
  readonly #context: EngineContext;
  readonly #board: Board;
  readonly #publisher: Publisher;

  constructor(context: EngineContext) {
    this.#context = context;
    this.#board = new Board(context, () => `sip:${EVERYONE}@${parseAddress(context.self().address)?.host ?? 'invalid'}`);
    this.#publisher = new Publisher(context);
  }

  /** Never rejects: presence that cannot be had is unknown. */
  execute(command: Command): Promise<void> {
    if (command.type === 'presence.watch') this.#board.watch(command.watcher, canonical(command.addresses));
    return Promise.resolve();
  }

  onOnline(): void {
    this.#publisher.online(this.#context.host.read('channels') ?? LOGGED_OFF_CHANNELS);
    this.#board.online();
  }

  onOffline(): void {
    this.#publisher.offline();
    this.#board.offline();
  }

  onChannelsChanged(channels: Channels): Promise<void> {
    return this.#publisher.publish(channels);
  }

  async stop({ keep }: { keep: boolean }): Promise<void> {
    this.#board.stop();
    await this.#publisher.stop(keep);
  }
}
