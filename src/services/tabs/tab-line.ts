/** The line between the tabs of one agent: says messages, hears those of others, and drops what is none. */
import type { TabChannel } from '../environment.js';
import { readTabMessage, type TabMessage } from './tab-message.js';

/** See the head of the file. */
export class TabLine {
  /** Name of this tab on the line. */
  readonly self: string;
  readonly #channel: TabChannel;
  #closed = false;

  /** Opens it. @throws whatever the platform throws where channels are blocked */
  constructor(channel: TabChannel, self: string, hear: (message: TabMessage) => void) {
    this.self = self;
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => {
      const message = this.#closed ? undefined : readTabMessage(data);
      if (!message || message.from === self) return;
      if ('to' in message && message.to !== self) return;
      hear(message);
    });
  }

  /** Says it to all. */
  say(message: TabMessage): void {
    if (!this.#closed) this.#channel.postMessage(JSON.stringify(message));
  }

  /** Hears and says nothing more. */
  close(): void {
    this.#closed = true;
    this.#channel.close();
  }
}
