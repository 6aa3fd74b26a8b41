/** Parts of `<voice-call>` that need no state of the element. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AudioDevice, AudioDevices, Call, PresenceState } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { avatar } from '../internal/avatar.js';
import { bellOffIcon, resumeIcon, warningIcon } from '../internal/icons.js';
import { formatElapsed } from '../internal/format.js';
import type { StringKey } from '../internal/strings.js';
import type { Control, ControlFacts } from './controls.js';

/** Keys of a telephone. */
const KEYS: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** What keys of the keyboard stand for; undefined for those that are none of a telephone. */
export function keyOf(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return undefined;
  return KEYS.includes(event.key) ? event.key : undefined;
}

/** The keypad. How many keys were pressed is shown, never which: it may be somebody's number or PIN. */
export function keypad(element: DesksideElement, count: number, press: (key: string) => void): TemplateResult {
  return html`<div class="panel" part="keypad" role="group" aria-label=${element.text('call.keypad')}>
    <div class="pressed" aria-hidden="true">${'•'.repeat(Math.min(count, 24))}</div>
    <div class="keys">
      ${KEYS.map(
        (key) =>
          html`<button class="button" type="button" aria-label=${element.text('call.key', { key })} @click=${() => press(key)}>
            ${key}
          </button>`,
      )}
    </div>
  </div>`;
}

function chooser(
  element: DesksideElement,
  label: StringKey,
  devices: readonly AudioDevice[],
  chosen: string,
  use: (id: string) => void,
): TemplateResult {
  return html`<label
    >${element.text(label)}
    <select class="field" @change=${(event: Event) => use((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${chosen === ''}>${element.text('call.default-device')}</option>
      ${devices.map(({ id, label: name }, index) => html`<option value=${id} ?selected=${id === chosen}>${name || String(index + 1)}</option>`)}
    </select>
  </label>`;
}

/** Choice of microphone and speaker; the latter only where the browser lets one choose. */
export function soundChoice(
  element: DesksideElement,
  devices: AudioDevices | undefined,
  use: (kind: 'microphone' | 'speaker', id: string) => void,
): TemplateResult {
  if (!devices) return html`<div class="panel">${element.text('state.loading')}</div>`;
  const { microphones, speakers, microphone, speaker } = devices;
  return html`<div class="panel" part="sound" role="group" aria-label=${element.text('call.devices')}>
    ${chooser(element, 'call.microphone', microphones, microphone, (id) => use('microphone', id))}
    ${speakers.length ? chooser(element, 'call.speaker', speakers, speaker, (id) => use('speaker', id)) : nothing}
  </div>`;
}

/** Look of the status pill. */
const PILLS: Readonly<Record<Call['status'], string>> = {
  dialling: 'warning',
  ringing: 'warning',
  alerting: 'warning',
  connected: 'ready',
  held: 'warning',
  ended: '',
};

/** Who, what kind of call, how long, and the status word. */
export function header(
  element: DesksideElement,
  { peer, parties, role, status }: Call,
  now: { readonly status: string; readonly presence: PresenceState | undefined; readonly elapsed: number | undefined },
): TemplateResult {
  const names = parties.map(({ name }) => name).join(', ');
  const plain = element.text(role === 'consultation' ? 'call.consultation' : 'call.kind');
  const kind = names ? element.text('call.conference-with', { names }) : plain;
  const about = [kind, peer.user === peer.name ? '' : peer.user].filter(Boolean).join(' · ');
  const time = now.elapsed === undefined ? undefined : formatElapsed(now.elapsed);
  return html`<header class="header" part="header">
    ${avatar({ name: peer.name, locale: element.locale, state: now.presence })}
    <div class="about">
      <div class="name" title=${peer.name}><bdi>${peer.name}</bdi></div>
      <div class="sub" title=${about}>
        ${about}${time === undefined ? nothing : html` · <span class="elapsed" title=${element.text('time.elapsed', { time })}>${time}</span>`}
      </div>
    </div>
    <span class="pill ${PILLS[status]}" part="status">${now.status}</span>
  </header>`;
}

/** One control. What cannot be used now says why. */
export function button(
  element: DesksideElement,
  { name, label, icon, reason, pressed, danger, panel }: Control,
  facts: ControlFacts,
  { busy, press }: { readonly busy: boolean; readonly press: () => void },
): TemplateResult {
  const words = element.text(label(facts));
  const why = reason?.(facts);
  const on = pressed?.(facts);
  return html`<button
    class="button ${danger ? 'danger end' : ''}"
    type="button"
    data-control=${name}
    title=${why ? element.text(why) : words}
    aria-disabled=${why ? 'true' : 'false'}
    aria-busy=${busy ? 'true' : 'false'}
    aria-pressed=${!panel && on !== undefined ? String(on) : nothing}
    aria-expanded=${panel ? String(on ?? false) : nothing}
    @click=${() => !why && press()}
  >
    ${icon(facts)()}<span class="words">${words}</span>
  </button>`;
}

/** The contact who waits while a consultation is held, or has been. */
export function contactRow(
  element: DesksideElement,
  contact: Call | undefined,
  retrieve: (() => void) | undefined,
): TemplateResult | typeof nothing {
  if (!contact) return nothing;
  const { peer, status, pending } = contact;
  return html`<div class="contact" part="contact">
    ${avatar({ name: peer.name, locale: element.locale, small: true })}
    <span class="name" title=${peer.name}><bdi>${peer.name}</bdi></span>
    <span class="pill ${status === 'connected' ? 'ready' : 'warning'}">${element.text(`call.${pending ?? status}`)}</span>
    ${
      retrieve
        ? html`<button class="button" type="button" aria-busy=${pending ? 'true' : 'false'} @click=${retrieve}>
            ${resumeIcon()}${element.text('call.retrieve')}
          </button>`
        : nothing
    }
  </div>`;
}

/** One line that says what is so, or what to do. */
export function notice(
  words: string,
  kind: 'warning' | 'error' | '' = 'warning',
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="notice ${kind}" role=${kind === 'error' ? 'alert' : 'status'}>
    ${kind ? warningIcon() : nothing}
    <p dir="auto">${words}</p>
    ${action}
  </div>`;
}

/** What is the matter with the sound, and what to do about it. */
export function trouble(element: DesksideElement, call: Call, allow: () => void): TemplateResult | typeof nothing {
  if (!call.trouble) return nothing;
  const blocked = call.trouble === 'autoplay-blocked';
  const kind = blocked || call.trouble === 'ice-restarting' ? 'warning' : 'error';
  const action = blocked
    ? html`<button class="button" type="button" @click=${allow}>${element.text('media.allow-sound')}</button>`
    : nothing;
  return notice(element.text(`media.${call.trouble}`), kind, action);
}

/** How a transfer stands. */
export function transferLine(element: DesksideElement, { transfer }: Call): TemplateResult | typeof nothing {
  if (!transfer) return nothing;
  const why = transfer.outcome ? ` (${element.text(`outcome.${transfer.outcome.code}`)})` : '';
  const words = element.text(`transfer.${transfer.status}`, { name: transfer.to.name }) + why;
  return notice(words, transfer.status === 'failed' ? 'error' : '');
}

/** What a call that rings here is answered with; `unblock` where the browser keeps the ringing silent. */
export function answerButtons(
  element: DesksideElement,
  { busy, press, unblock }: { busy: boolean; press: (name: 'answer' | 'reject') => void; unblock: (() => void) | undefined },
): TemplateResult {
  const one = (name: 'answer' | 'reject', look: string): TemplateResult =>
    html`<button class="button grow ${look}" type="button" aria-busy=${busy ? 'true' : 'false'} @click=${() => press(name)}>
      ${element.text(`call.${name}`)}
    </button>`;
  return html`${one('answer', 'primary')}${one('reject', '')}
  ${
    unblock
      ? html`<button class="link-button" type="button" @click=${unblock}>${bellOffIcon()} ${element.text('media.allow-sound')}</button>`
      : nothing
  }`;
}

/** What is left to do with a call that is over: to call again, where it came to nothing, and to put it away. */
export function endedButtons(
  element: DesksideElement,
  { direction, outcome, line }: Call,
  { again, done }: { readonly again: () => void; readonly done: () => void },
): TemplateResult {
  const canRepeat = direction === 'outgoing' && outcome?.code !== 'ended' && !line;
  return html`${canRepeat ? html`<button class="button" type="button" @click=${again}>${element.text('call.again')}</button>` : nothing}
    <button class="button end" type="button" @click=${done}>${element.text('call.done')}</button>`;
}
