/** Kate watches others over a gateway that does as it is told. */
import type { ChannelPresence, Presence } from '../../../../src/services/domain/presence.js';
import { encodePidf } from '../../../../src/services/protocol/codecs/pidf.js';
import { encodeListNotification, type ListedResource } from '../../../../src/services/protocol/codecs/rlmi.js';
import { createPresencePart } from '../../../../src/services/protocol/presence/presence-part.js';
import type { FakeSubscription } from '../fake-subscription.js';
import { Bench, settled } from '../fakes.js';

/** Demo address. */
export const address = (user: string): string => `sip:${user}@deskside.test`;

/** A presence document of one device. */
export function document(user: string, im: ChannelPresence = { state: 'ready' }, voice?: ChannelPresence): string {
  return encodePidf({ entity: address(user), device: 'd1', channels: { im, ...(voice ? { voice } : {}) } });
}

/** One agent in a list, with a document. */
export function listed(user: string, im?: ChannelPresence): ListedResource {
  return { uri: address(user), state: 'active', document: { contentType: 'application/pidf+xml', body: document(user, im) } };
}

/** Kate's desk. */
export class WatchStage {
  readonly bench = new Bench({ parts: [createPresencePart] });

  /** Every subscription that is not ended, in the order of making. */
  get alive(): readonly FakeSubscription[] {
    return this.bench.gateway.subscriptions.filter(({ isEnded }) => !isEnded);
  }

  /** The newest subscription. */
  get newest(): FakeSubscription {
    const newest = this.bench.gateway.subscriptions.at(-1);
    if (!newest) throw new Error('Nobody is subscribed to.');
    return newest;
  }

  /** What is shown of an agent. */
  shown(user: string): Presence | undefined {
    return this.bench.state.read(`presence:${address(user)}`);
  }

  /** The words told of an agent so far. */
  words(user: string): readonly string[] {
    return this.bench.events.flatMap((event) =>
      event.type === 'presence' && event.address === address(user) ? [event.presence.state] : [],
    );
  }

  /** Watches these and nothing else, and waits until that was acted upon. */
  async watch(users: readonly string[], watcher = 'tab'): Promise<void> {
    await this.bench.engine.execute({ type: 'presence.watch', watcher, addresses: users.map(address) });
    await this.pass(100);
  }

  /** Time goes by. */
  pass(ms: number): Promise<void> {
    return this.bench.clock.pass(ms);
  }

  /** Tells of one agent. */
  tell(subscription: FakeSubscription, body: string, state?: string): void {
    subscription.notify('application/pidf+xml', body, state);
  }

  /** Tells of a list. */
  tellList(subscription: FakeSubscription, version: number, fullState: boolean, resources: readonly ListedResource[]): void {
    const { contentType, body } = encodeListNotification({ uri: address('team'), version, fullState, resources });
    subscription.notify(contentType, body);
  }
}

/** Kate, online. */
export async function kateOnline(): Promise<WatchStage> {
  const stage = new WatchStage();
  await stage.bench.start({ autoLogin: [] });
  await settled();
  return stage;
}
