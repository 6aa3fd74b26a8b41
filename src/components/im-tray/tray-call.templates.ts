/** A call in the tray. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../../services/index.js';
import { avatar } from '../internal/avatar.js';
import type { DesksideElement } from '../internal/base-element.js';
import { formatElapsed } from '../internal/format.js';
import { holdIcon, phoneIcon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';

function wordOf({ status }: Call): StringKey {
  if (status === 'alerting') return 'tray.call-waits';
  return status === 'held' ? 'tray.call-held' : 'tray.call-up';
}

/** One call that is not over: who, how it stands, how long; it is pressed to get to its controls. */
export function callEntry(element: DesksideElement, call: Call, now: number, open: () => void): TemplateResult {
  const { peer, status, connectedAt } = call;
  const time = connectedAt === undefined ? '' : formatElapsed(now - connectedAt);
  const label = [element.text('tray.call', { name: peer.name }), element.text(wordOf(call)), time].filter(Boolean).join(', ');
  return html`<div class="item call ${status === 'alerting' ? 'pending' : ''}" part="item" role="listitem">
    <button class="open" type="button" title=${peer.name} @click=${open}>
      ${avatar({ name: peer.name, locale: element.locale, small: true })}
      <span class="label" dir="auto">${peer.user || peer.name}</span><span class="visually-hidden">, ${label}</span>
      <span class="muted" aria-hidden="true">${status === 'held' ? holdIcon() : phoneIcon()}</span>
      ${time ? html`<span class="elapsed small" aria-hidden="true">${time}</span>` : nothing}
      ${status === 'alerting' ? html`<span class="badge" aria-hidden="true">!</span>` : nothing}
    </button>
  </div>`;
}
