/** Parts of `<voice-call>` that need no state of the element. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AudioDevice, AudioDevices, Call } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { avatar } from '../internal/avatar.js';
import { resumeIcon, warningIcon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';

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
  use: { microphone: (id: string) => void; speaker: (id: string) => void },
): TemplateResult {
  if (!devices) return html`<div class="panel">${element.text('state.loading')}</div>`;
  const { microphones, speakers, microphone, speaker } = devices;
  return html`<div class="panel" part="sound" role="group" aria-label=${element.text('call.devices')}>
    ${chooser(element, 'call.microphone', microphones, microphone, use.microphone)}
    ${speakers.length ? chooser(element, 'call.speaker', speakers, speaker, use.speaker) : nothing}
  </div>`;
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
    <span class="name" dir="auto" title=${peer.name}>${peer.name}</span>
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
