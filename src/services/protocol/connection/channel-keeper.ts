/**
 * The agent's own channels: asked for, told to the switch, and only then shown. Logged in on a channel means that the device registers its
 * feature tag (RFC 3840), so that the switch offers it that media; Ready and the others are told by presence (`onChannelsChanged`).
 */
import { LOGGED_OFF_CHANNELS, type Channel, type Channels, type ChannelSetting } from '../../domain/channel.js';
import { CHANNELS, type ChannelName } from '../../domain/presence.js';
import { hasRight, type Right } from '../../domain/rights.js';
import type { Account } from '../../domain/slices.js';
import { ServiceError } from '../../service-error.js';
import type { RegistrationTrouble } from './registration-trouble.js';

/** Feature tag of a channel's media. */
const TAGS: Readonly<Record<ChannelName, string>> = { im: '+sip.message', voice: 'audio' };
const RIGHT: Readonly<Record<ChannelName, Right>> = { im: 'im-use', voice: 'voice' };
const SETTINGS: readonly string[] = ['ready', 'not-ready', 'after-call-work', 'do-not-disturb', 'logged-off'] satisfies ChannelSetting[];

/** What it needs. */
export interface ChannelKeeperOptions {
  now(): number;
  account(): Account | undefined;
  channels(): Channels;
  /** Shows channels. */
  emit(channels: Channels): void;
  /** Waits until the connection works or is known not to; rejects with `unreachable`. */
  online(): Promise<void>;
  /** Registers with the present features. */
  register(): Promise<RegistrationTrouble | undefined>;
  /** Asks the other parts (presence) to tell the switch. */
  agree(channels: Channels): Promise<void>;
  report(error: { code: string; message: string }): void;
}

/** What was asked for last, per channel. */
interface Wish {
  readonly setting: ChannelSetting;
  readonly reason?: string;
}

/** Keeps both channels. */
export class ChannelKeeper {
  readonly #options: ChannelKeeperOptions;
  readonly #wishes = new Map<ChannelName, Wish>();
  /** Channels whose calls leave no room for another. */
  readonly #busy = new Set<ChannelName>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ChannelKeeperOptions) {
    this.#options = options;
  }

  /** Feature tags to register: those of the channels that are, or are about to be, logged in. */
  features(): readonly string[] {
    return CHANNELS.filter((name) => (this.#wishes.get(name)?.setting ?? 'logged-off') !== 'logged-off').map((name) => TAGS[name]);
  }

  /** Marks channels to log in on with the first registration. One that may not be is reported and left out. */
  begin(names: readonly ChannelName[]): void {
    for (const name of names) {
      const refusal = this.#refusal(name, 'ready');
      if (refusal) this.#options.report(refusal.toJSON());
      else if (!this.#wishes.has(name)) this.#want(name, { setting: 'ready' });
    }
  }

  /** What an engine before this one has left holds on; what was asked of it and not confirmed is asked for again. */
  adopt(channels: Channels): void {
    for (const name of CHANNELS) {
      const { state, pending, reason } = channels[name];
      // Busy came of a call; what was set before is not known.
      const setting = pending ?? (state === 'busy' ? 'ready' : state);
      this.#wishes.set(name, { setting, ...(reason && !pending ? { reason } : {}) });
    }
  }

  /** Registered (again): what was asked for holds now. */
  registered(): void {
    this.#queue = this.#queue.then(() => this.#confirmAll()).catch((error: unknown) => this.#complain(error));
  }

  /** Refused or logged out: nobody is logged in any more. */
  forget(): void {
    this.#wishes.clear();
    this.#options.emit(LOGGED_OFF_CHANNELS);
  }

  /**
   * Logs in or out, or sets Ready and the others.
   * @throws ServiceError `outbound-campaign`, `not-allowed`, `configuration`, `unreachable`
   */
  async set(name: ChannelName, setting: ChannelSetting, reason?: string): Promise<void> {
    const refusal = this.#refusal(name, setting);
    if (refusal) throw refusal;
    const before = this.#wishes.get(name);
    this.#want(name, { setting, ...(reason ? { reason: reason.slice(0, 200) } : {}) });
    const change = this.#queue.then(() => this.#apply());
    this.#queue = change.catch(() => undefined);
    try {
      await change;
    } catch (error) {
      if (before) this.#wishes.set(name, before);
      else this.#wishes.delete(name);
      this.#unpend(name);
      throw error;
    }
  }

  /**
   * The agent joined an outbound campaign without asking: instant messaging gives way, and the page is told. Sessions that are open go on, for
   * their peers cannot know.
   */
  campaignBegan(): void {
    if ((this.#wishes.get('im')?.setting ?? 'logged-off') === 'logged-off') return;
    this.#options.report({
      code: 'outbound-campaign',
      message: 'The agent is in an outbound campaign now and was logged out of instant messaging. Ask canJoinOutboundCampaign() first.',
    });
    void this.set('im', 'logged-off').catch((error: unknown) => this.#complain(error));
  }

  /** A call of this agent leaves no room on the channel, or does again. */
  async setBusy(name: ChannelName, busy: boolean): Promise<void> {
    if (this.#busy.has(name) === busy) return;
    if (busy) this.#busy.add(name);
    else this.#busy.delete(name);
    this.#queue = this.#queue.then(() => this.#confirmAll()).catch((error: unknown) => this.#complain(error));
    await this.#queue;
  }

  #refusal(name: ChannelName, setting: ChannelSetting): ServiceError | undefined {
    if (!CHANNELS.includes(name) || !SETTINGS.includes(setting)) {
      return new ServiceError('configuration', 'There is no such channel or setting. Use im or voice, and ready, not-ready or logged-off.');
    }
    if (setting === 'logged-off') return undefined;
    const account = this.#options.account();
    if (!account || !hasRight(account.rights, RIGHT[name])) {
      return new ServiceError('not-allowed', `Logging in on ${name} needs the right ${RIGHT[name]}.`);
    }
    if (name === 'im' && account.outboundCampaign) {
      return new ServiceError('outbound-campaign', 'Leave the outbound campaign before you log in on instant messaging.');
    }
    return undefined;
  }

  #want(name: ChannelName, wish: Wish): void {
    this.#wishes.set(name, wish);
    const channels = this.#options.channels();
    this.#options.emit({ ...channels, [name]: { ...channels[name], pending: wish.setting } });
  }

  #unpend(name: ChannelName): void {
    const channels = this.#options.channels();
    const { pending: _pending, ...channel } = channels[name];
    this.#options.emit({ ...channels, [name]: channel });
  }

  async #apply(): Promise<void> {
    await this.#options.online();
    const trouble = await this.#options.register();
    if (trouble) throw new ServiceError(trouble.code, trouble.message);
    await this.#confirmAll();
  }

  /** Tells the switch and shows what it has agreed to. */
  async #confirmAll(): Promise<void> {
    const before = this.#options.channels();
    const next: Channels = { im: this.#next('im', before.im), voice: this.#next('voice', before.voice) };
    await this.#options.agree(next);
    this.#options.emit(next);
  }

  #next(name: ChannelName, before: Channel): Channel {
    const wish = this.#wishes.get(name) ?? { setting: 'logged-off' as const };
    const isBusy = wish.setting !== 'logged-off' && this.#busy.has(name);
    // The reason belongs to what was set by hand, which comes back with it.
    const reason = isBusy ? undefined : wish.reason;
    const state = isBusy ? ('busy' as const) : wish.setting;
    const since = before.state === state && before.reason === reason ? before.since : this.#options.now();
    return { state, ...(reason ? { reason } : {}), ...(since === undefined ? {} : { since }) };
  }

  #complain(error: unknown): void {
    for (const name of CHANNELS) this.#unpend(name);
    this.#options.report(
      error instanceof ServiceError
        ? error.toJSON()
        : { code: 'internal', message: 'The channels could not be told to the switch. Please report it.' },
    );
  }
}
