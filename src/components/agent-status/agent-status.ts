/** `<agent-status>`: the agent's own channels, and how the connection stands. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  CHANNELS,
  hasRight,
  isConnected,
  LOGGED_OFF_CHANNELS,
  type Channel,
  type ChannelName,
  type Channels,
  type Connection,
  type NoticeName,
  type NoticeRules,
  type Right,
  type SipService,
} from '../../services/index.js';
import { buttons, presence, surfaces } from '../../styles/index.js';
import { DesksideElement } from '../internal/base-element.js';
import { CommandController } from '../internal/command-controller.js';
import { ElapsedController } from '../internal/elapsed-controller.js';
import { emit } from '../internal/events.js';
import { chevronDownIcon, messageIcon, phoneIcon, type Icon } from '../internal/icons.js';
import { floating, PopoverController } from '../internal/popover.js';
import { presenceGlyph, presenceText, presenceWord } from '../internal/presence-glyph.js';
import { RovingFocus } from '../internal/roving-focus.js';
import { StoreController } from '../internal/store-controller.js';
import { agentStatusStyles } from './agent-status.styles.js';
import { noticeChoices } from './notice-choices.js';
import { choicesFor, isChosen, type SettingChoice } from './settings.js';
import { commonWords } from '../internal/strings/en/common.js';
import { presenceWords } from '../internal/strings/en/presence.js';
import { connectionWords } from '../internal/strings/en/connection.js';
import { statusWords } from '../internal/strings/en/status.js';

const ICONS: Readonly<Record<ChannelName, Icon>> = { im: messageIcon, voice: phoneIcon };

/** Right without which a channel is not shown. */
const RIGHT_OF: Readonly<Record<ChannelName, Right>> = { im: 'im-use', voice: 'voice' };

/** What the agent can do about it, by the code of the error; of others it is enough to say how things stand. */
const WHY: Readonly<Record<string, 'connection.why.unauthorized' | 'connection.why.configuration' | undefined>> = {
  unauthorized: 'connection.why.unauthorized',
  configuration: 'connection.why.configuration',
};

/** How a state of the connection looks, and whether the agent may try again by hand. A state that says itself has no colour. */
interface Look {
  readonly tone: '' | 'waiting' | 'bad';
  readonly again?: true;
}

const LOOKS: Readonly<Record<Connection['status'], Look>> = {
  ready: { tone: '' },
  connecting: { tone: 'waiting' },
  unconfigured: { tone: 'bad' },
  degraded: { tone: 'waiting' },
  reconnecting: { tone: 'bad', again: true },
  replaced: { tone: 'bad', again: true },
  refused: { tone: 'bad', again: true },
  'logged-out': { tone: 'waiting' },
};

/**
 * The agent's channels: log in and out, Ready, Not Ready with a reason. A choice is shown as pending until the switch confirms it.
 * The menu of instant messaging also holds the agent's own switches for read receipts and typing notices; what the page withholds shows so.
 *
 *     <agent-status></agent-status>
 *
 * Keyboard: Enter or Space on a channel opens its menu; in it Arrow keys, Home and End move, Escape closes it and gives the focus back.
 *
 * @fires channelstate - A channel changed: `{channel, state}`. Bubbles once.
 * @csspart channel - The button of a channel.
 * @csspart connection - What is said of the connection while it is not ready.
 */
export class AgentStatus extends DesksideElement {
  static override styles = [DesksideElement.styles, buttons, presence, surfaces, floating, agentStatusStyles];
  static override english = [commonWords, presenceWords, connectionWords, statusWords];

  /** Reasons of Not Ready that the host offers. */
  @property({ attribute: false }) reasons: readonly string[] = [];

  @state() private open: ChannelName | undefined;

  readonly #slices = new StoreController(this, (read) => ({
    channels: read('channels') ?? LOGGED_OFF_CHANNELS,
    connection: read('connection'),
    rights: read('account')?.rights,
    withheld: read('account')?.withheld,
    wanted: read('notices'),
  }));
  readonly #commands = new CommandController<ChannelName>(this);
  readonly #clock = new ElapsedController(this, () => this.#slices.value?.connection?.status === 'reconnecting');
  readonly #menu: PopoverController = new PopoverController(this, {
    anchor: () => this.renderRoot.querySelector(`[aria-expanded='true']`),
    panel: () => this.renderRoot.querySelector<HTMLElement>('.menu'),
    ownEscape: true,
    onToggle: (open) => {
      if (!open) this.open = undefined;
    },
  });
  readonly #items = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.menu-item')],
    wrap: true,
  });
  #told: Readonly<Partial<Record<ChannelName, Channel>>> = {};

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const channels = this.#slices.value?.channels;
    if (!channels || channels === this.#told) return;
    for (const channel of CHANNELS) {
      const known = this.#told[channel];
      if (known && known !== channels[channel]) emit(this, 'channelstate', { channel, state: channels[channel] });
    }
    this.#told = channels;
  }

  #handleToggle(channel: ChannelName): void {
    if (this.open === channel) {
      this.#close();
      return;
    }
    this.open = channel;
    // The panel is placed by its size: its entries come first.
    void this.updateComplete.then(() => {
      if (this.open === undefined) return;
      this.#menu.show();
      this.#items.focus(this.renderRoot.querySelector<HTMLElement>('.menu-item') ?? undefined);
    });
  }

  #handleMenuKey = (event: KeyboardEvent): void => {
    this.#items.handleKeydown(event);
    if (event.key === 'Escape' || event.key === 'Tab') this.#close();
    // From the button, Tab goes on to what follows.
    if (event.key === 'Escape') event.preventDefault();
    if (event.defaultPrevented) event.stopPropagation();
  };

  #close(): void {
    const channel = this.open;
    this.open = undefined;
    this.#menu.hide(false);
    this.renderRoot.querySelector<HTMLElement>(`#${channel}`)?.focus();
  }

  #choose(service: SipService, channel: ChannelName, { setting, reason }: SettingChoice): void {
    this.#close();
    void this.#commands.run(channel, () => service.channels.set(channel, setting, reason));
  }

  override render(): TemplateResult {
    const service = this.activeService;
    const slices = this.#slices.value;
    if (!service || !slices) return this.renderInert();
    const shown = CHANNELS.filter((channel) => hasRight(slices.rights ?? [], RIGHT_OF[channel]));
    return html`<div class="bar" role="group" aria-label=${this.text('status.label')}>
      ${this.#renderConnection(service, slices.connection)}
      ${shown.map((channel) => this.#renderChannel(channel, slices.channels[channel], isConnected(slices.connection?.status)))}
      ${shown.map((channel) => this.#renderFailure(channel))} ${this.#renderMenu(service, slices)}
    </div>`;
  }

  #renderConnection(service: SipService, connection: Connection | undefined): TemplateResult | typeof nothing {
    if (!connection || connection.status === 'ready') return nothing;
    const { tone, again } = LOOKS[connection.status];
    const reconnecting = connection.status === 'reconnecting';
    const waits = reconnecting && connection.retryAt !== undefined;
    const count = Math.max(0, Math.ceil(((connection.retryAt ?? 0) - this.#clock.now) / 1000));
    const words = waits ? this.text('connection.reconnecting-in', { count }) : this.text(`connection.${connection.status}`);
    const why = WHY[connection.error?.code ?? ''];
    return html`<span class="connection ${tone}" part="connection" title=${connection.error?.message ?? ''}>
      <span role="status">${words}${why ? html`. ${this.text(why)}` : nothing}</span>
      ${again && (waits || !reconnecting) ? html`<button class="link-button" type="button" @click=${() => service.reconnect()}>${this.text('connection.now')}</button>` : nothing}
    </span>`;
  }

  #renderChannel(name: ChannelName, channel: Channel, current: boolean): TemplateResult {
    const pending = channel.pending !== undefined || this.#commands.pending(name);
    const title = this.text(`channel.${name}`);
    const state = pending ? this.text('status.changing') : presenceText(this, channel, current);
    return html`<div class="channel">
      <button
        class="button"
        part="channel"
        type="button"
        id=${name}
        aria-haspopup="menu"
        aria-expanded=${this.open === name ? 'true' : 'false'}
        aria-busy=${pending ? 'true' : 'false'}
        aria-label=${this.text('status.channel-menu', { channel: title, state })}
        title=${this.text('presence.channel', { channel: title, state })}
        @click=${() => this.#handleToggle(name)}
      >
        ${ICONS[name]()} ${presenceGlyph(channel.state, current)}
        ${pending ? html`<span class="muted">${this.text('status.changing')}</span>` : presenceWord(this, channel, current)}
        ${chevronDownIcon()}
      </button>
    </div>`;
  }

  /** One panel for both channels: in the top layer, so that no edge of the page or of a card around cuts it off. */
  #renderMenu(service: SipService, { channels, wanted, withheld }: NoticeRules & { channels: Channels }): TemplateResult {
    const { open } = this;
    const onSwitch = (notice: NoticeName, on: boolean): void => void service.im.setNotice(notice, on);
    return html`<div
      class="menu floating"
      popover="manual"
      role="menu"
      tabindex="-1"
      aria-label=${open ? this.text(`channel.${open}`) : nothing}
      @keydown=${this.#handleMenuKey}
      @focusin=${this.#items.handleFocusin}
    >
      ${open ? choicesFor(open, channels[open], this.reasons).map((choice) => this.#renderChoice(service, open, channels[open], choice)) : nothing}
      ${open === 'im' ? noticeChoices(this, { wanted, withheld, onSwitch }) : nothing}
    </div>`;
  }

  #renderChoice(service: SipService, name: ChannelName, channel: Channel, choice: SettingChoice): TemplateResult {
    return html`<button
      class="menu-item"
      type="button"
      role="menuitemradio"
      aria-checked=${isChosen(channel, choice) ? 'true' : 'false'}
      @click=${() => this.#choose(service, name, choice)}
    >
      ${presenceGlyph(choice.setting)} <span dir="auto">${this.#label(channel, choice)}</span>
    </button>`;
  }

  #label(channel: Channel, { setting, reason }: SettingChoice): string {
    if (channel.state === 'logged-off') return this.text('status.log-in');
    const word = this.text(`setting.${setting}`);
    return reason ? this.text('presence.with-reason', { state: word, reason }) : word;
  }

  #renderFailure(channel: ChannelName): TemplateResult | typeof nothing {
    const failure = this.#commands.failure(channel);
    return failure ? html`<span class="failure" role="alert">${this.text(`error.${failure.code}`)}</span>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-status': AgentStatus;
  }
}
