/** Parts of a notification that need no state of the element. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CaseEntry, SessionCase } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { bellIcon, bellOffIcon } from '../internal/icons.js';
import type { Attention } from './attention.js';

/** What the person may allow, each by a click of their own; where that helps nothing it is only said. */
export function offers(element: DesksideElement, attention: Attention): TemplateResult | typeof nothing {
  const { blocked, silent, canAsk, unblock, ask } = attention;
  if (!blocked && !canAsk) return nothing;
  const sound = silent
    ? html`<p class="no-sound">${bellOffIcon()} ${element.text('notification.no-sound')}</p>`
    : html`<button class="link-button" type="button" @click=${unblock}>
        ${bellOffIcon()} ${element.text('notification.sound-blocked')}
      </button>`;
  return html`<div class="card offers">
    ${blocked ? sound : nothing}
    ${canAsk ? html`<button class="link-button" type="button" @click=${ask}>${bellIcon()} ${element.text('notification.allow-desktop')}</button>` : nothing}
  </div>`;
}

/** Case information in two columns: all of it, or the keys that the sender chose for the notification. */
export function caseFacts(element: DesksideElement, caseData: SessionCase | undefined): TemplateResult | typeof nothing {
  const entries = (caseData?.data ?? []).filter(({ key }) => caseData?.notify?.includes(key) ?? true);
  if (!entries.length) return nothing;
  const row = ({ label, key, value }: CaseEntry): TemplateResult =>
    html`<dt dir="auto">${label || key}</dt>
      <dd dir="auto">${value}</dd>`;
  return html`<div class="scroll" role="group" tabindex="0" aria-label=${element.text('case.information')}>
    <dl class="facts">${entries.map(row)}</dl>
  </div>`;
}

/** How much of the time is left: a bar for the eye, a value for others. Nothing where it shows for as long as it lives. */
export function timeBar(element: DesksideElement, left: number, whole: number): TemplateResult | typeof nothing {
  if (!Number.isFinite(left)) return nothing;
  const words = element.text('notification.remaining', { count: Math.ceil(left / 1000) });
  return html`<progress class="visually-hidden" aria-label=${words} max=${whole} value=${left}></progress>
    <div class="bar" aria-hidden="true"><span data-part=${Math.min(1, left / whole)}></span></div>`;
}
