/** What stands around the consultations of `<consult-panel>`: header, notices, and the choice between several. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Interaction, InteractionMedia, ServiceErrorCode } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { plusIcon } from '../internal/icons.js';
import type { Consultation } from './consultations.js';

/** What the header says and does. */
export interface HeaderView {
  readonly interaction: Interaction | undefined;
  /** Medium of the screen, for as long as there is no interaction. */
  readonly media: InteractionMedia | undefined;
  readonly finding: boolean;
  onStart(): void;
}

function subject(element: DesksideElement, { interaction, media }: HeaderView): string {
  if (interaction)
    return element.text('consult.about', { media: element.text(`interaction.${interaction.media}`), label: interaction.label });
  const none = element.text('consult.no-interaction');
  return media ? element.text('consult.about', { media: element.text(`interaction.${media}`), label: none }) : none;
}

/** What it is about, and Start Consultation. */
export function headerOf(element: DesksideElement, view: HeaderView): TemplateResult {
  const line = subject(element, view);
  const off = !view.interaction || view.interaction.ended === true;
  return html`<header class="header" part="header">
    <div class="about">
      <div class="title">${element.text('consult.label')}</div>
      <div class="sub" dir="auto" title=${line}>${line}</div>
    </div>
    <button
      class="button start"
      type="button"
      aria-expanded=${view.finding ? 'true' : 'false'}
      aria-controls="finder"
      ?disabled=${off}
      @click=${view.onStart}
    >
      ${plusIcon()}${element.text('consult.start')}
    </button>
  </header>`;
}

/** What went wrong or came to an end. */
export function noticesOf(
  element: DesksideElement,
  { ended, failure }: { ended: boolean; failure: ServiceErrorCode | undefined },
): TemplateResult {
  return html`${ended ? html`<p class="notice warning" role="status">${element.text('consult.interaction-ended')}</p>` : nothing}${
    failure ? html`<p class="notice error" role="alert">${element.text(`error.${failure}`)}</p>` : nothing
  }`;
}

/** A choice between several consultations where there is room for one. */
export function pickerOf(
  element: DesksideElement,
  all: readonly Consultation[],
  shown: string | undefined,
  choose: (id: string) => void,
): TemplateResult {
  return html`<div class="picker chips" role="group" aria-label=${element.text('consult.several')}>
    ${all.map(
      ({ id, peer, unread }) =>
        html`<button
          class="chip"
          type="button"
          aria-pressed=${id === shown ? 'true' : 'false'}
          title=${peer.name}
          @click=${() => choose(id)}
        >
          <span dir="auto">${peer.name}</span>${
            unread
              ? html`<span class="badge" aria-hidden="true">${unread}</span
                  ><span class="visually-hidden">${element.text('consult.unread', { count: unread })}</span>`
              : nothing
          }
        </button>`,
    )}
  </div>`;
}
