/**
 * Own presence, told to the switch (PUBLISH, RFC 3903): one document for this device with a tuple for each channel. It never fails anything:
 * where the switch does not take it, others see us as unknown.
 */
import type { Channels } from '../../domain/channel.js';
import { CHANNELS, type ChannelPresence } from '../../domain/presence.js';
import type { TimerHandle } from '../../environment.js';
import { instanceId } from '../../instance-id.js';
import { encodePidf } from '../codecs/pidf.js';
import { backOff } from '../connection/back-off.js';
import type { EngineContext } from '../engine-part.js';
import type { SipGateway, SipResponse } from '../gateway.js';
import { minExpires, retryAfterOf } from './waits.js';

/** Seconds that a document lives: how long a vanished agent is still shown. */
const EXPIRES = 180;
/** Part of that after which it is refreshed. */
const REFRESH_AT = 0.8;
/** Shortest time between refreshes, seconds, whatever the switch grants. */
const SHORTEST = 10;
/** Milliseconds that leaving waits for the switch. */
const LEAVE_LIMIT = 2000;
/** Statuses after which this switch is not asked again on this connection. */
const REFUSALS: ReadonlySet<number> = new Set([403, 404, 405, 415, 423, 489, 501]);

/** See the head of the file. */
export class Publisher {
  readonly #context: EngineContext;
  readonly #devices = new Map<string, string>();
  /** The gateway and address that hold a document of ours, its entity tag and text. */
  #held: { gateway: SipGateway; etag: string } | undefined;
  #confirmed = '';
  #channels: Channels | undefined;
  #isRefused = false;
  #attempt = 0;
  /** Seconds that the switch is asked to keep the document: more where it refused to keep it so briefly. */
  #expires = EXPIRES;
  #timer: TimerHandle | undefined;
  #running: Promise<void> | undefined;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Registered (again): the switch may have forgotten us. */
  online(channels: Channels | undefined): void {
    this.#isRefused = false;
    this.#confirmed = '';
    this.#attempt = 0;
    this.#expires = EXPIRES;
    if (channels) void this.publish(channels);
  }

  /** The connection is lost; the document stays with the switch until it expires. */
  offline(): void {
    this.#clear();
    this.#confirmed = '';
  }

  /** Publishes; settles when the switch has answered for the newest state, whatever it answered. */
  async publish(channels: Channels): Promise<void> {
    this.#channels = channels;
    this.#running ??= this.#run();
    await this.#running;
  }

  /** Leaves: takes the document away, or with `keep` leaves it to the successor. */
  async stop(keep: boolean): Promise<void> {
    this.#clear();
    const { environment } = this.#context.host;
    let handle: TimerHandle;
    const limit = new Promise<void>((resolve) => (handle = environment.setTimeout(resolve, LEAVE_LIMIT)));
    const removed = this.#remove(keep);
    this.#channels = undefined;
    this.#confirmed = '';
    await Promise.race([limit, removed]);
    environment.clearTimeout(handle);
  }

  /** A PUBLISH that is under way is waited for: only its answer says what the document is called that must go. */
  async #remove(keep: boolean): Promise<void> {
    const { gateway } = this.#context;
    if (!keep) await this.#running;
    const held = this.#held;
    // The next agent may have published meanwhile.
    if (held && held.gateway !== gateway) return;
    this.#held = undefined;
    if (!keep && held?.gateway.connected) await this.#send(held.gateway, { expires: 0, etag: held.etag });
  }

  /** One PUBLISH at a time; states that came meanwhile are skipped but for the newest. */
  async #run(): Promise<void> {
    await Promise.resolve(); // Only then is `#running` set, which the end below takes back in the same turn as it looks for more.
    try {
      for (let document = this.#due(); document !== undefined; document = this.#due()) {
        if (!(await this.#put(document))) return;
      }
    } finally {
      this.#running = undefined;
    }
  }

  /** The document that the switch should have and has not; undefined for none. */
  #due(): string | undefined {
    const channels = this.#channels;
    if (!channels || this.#isRefused || !this.#context.online || !this.#context.gateway) return undefined;
    if (!this.#held && isLoggedOff(channels)) return undefined;
    const document = this.#encode(channels);
    return document === this.#confirmed ? undefined : document;
  }

  #encode(channels: Channels): string {
    const { address } = this.#context.self();
    const device = this.#devices.get(address) ?? this.#context.host.instance ?? instanceId(this.#context.host.environment, address);
    this.#devices.set(address, device);
    const published = CHANNELS.map((name): [string, ChannelPresence] => {
      const { pending: _pending, ...presence } = channels[name];
      return [name, presence];
    });
    return encodePidf({ entity: address, device, channels: Object.fromEntries(published) });
  }

  /** @returns whether the switch took it */
  async #put(document: string): Promise<boolean> {
    const gateway = this.#context.gateway;
    if (!gateway) return false;
    const body = { contentType: 'application/pidf+xml', content: document };
    let etag = this.#held?.gateway === gateway ? this.#held.etag : undefined;
    const send = (): Promise<SipResponse | undefined> =>
      this.#send(gateway, { expires: this.#expires, body, ...(etag === undefined ? {} : { etag }) });
    let response = await send();
    const longer = response && minExpires(response, this.#expires);
    if (longer !== undefined) {
      this.#expires = longer;
      response = await send();
    }
    if (response?.status === 412 && etag !== undefined) {
      // The switch has forgotten the document (RFC 3903, 4.4): it gets it as a new one.
      etag = undefined;
      response = await send();
    }
    if (!this.#channels) this.#hold(gateway, response);
    return gateway === this.#context.gateway && this.#channels !== undefined && this.#take(gateway, response, document);
  }

  #take(gateway: SipGateway, response: SipResponse | undefined, document: string): boolean {
    const status = response?.status ?? 0;
    if (!response || status < 200 || status >= 300) {
      this.#held = status === 412 ? undefined : this.#held;
      this.#isRefused = REFUSALS.has(status);
      const wait = backOff(this.#attempt++, this.#context.host.environment.random());
      if (!this.#isRefused) this.#again(Math.max(wait, ((response && retryAfterOf(response)) ?? 0) * 1000));
      return false;
    }
    this.#hold(gateway, response);
    const granted = Number(response.header('Expires') ?? this.#expires);
    this.#confirmed = document;
    this.#attempt = 0;
    this.#clear();
    // Closed everywhere: when it expires, nothing is known of this device, which is the same.
    const isOver = this.#channels === undefined || isLoggedOff(this.#channels);
    if (!isOver) this.#again(Math.max(SHORTEST, granted > 0 ? Math.min(granted, this.#expires) : this.#expires) * 1000 * REFRESH_AT);
    return true;
  }

  /** Remembers what the switch calls the document that it took (RFC 3903, 4.1). */
  #hold(gateway: SipGateway, response: SipResponse | undefined): void {
    if (!response || response.status < 200 || response.status >= 300) return;
    const etag = response.header('SIP-ETag')?.trim();
    this.#held = etag ? { gateway, etag } : undefined;
  }

  /** Sends; a bug or a lost connection in the stack is no answer. */
  async #send(gateway: SipGateway, options: Omit<Parameters<SipGateway['publish']>[0], 'event'>): Promise<SipResponse | undefined> {
    try {
      return await gateway.publish({ event: 'presence', ...options });
    } catch {
      return undefined;
    }
  }

  /** The whole document again, which also heals what the switch has lost. */
  #again(ms: number): void {
    this.#clear();
    this.#timer = this.#context.host.environment.setTimeout(() => {
      this.#confirmed = '';
      if (this.#channels) void this.publish(this.#channels);
    }, ms);
  }

  #clear(): void {
    this.#context.host.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function isLoggedOff(channels: Channels): boolean {
  return CHANNELS.every((name) => channels[name].state === 'logged-off');
}
