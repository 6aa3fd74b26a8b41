/** What stands under the transcript when something is asked of the agent: an invitation, a confirmation, a way out. */
import { html, nothing, type TemplateResult } from 'lit';
import { isPending, type ImSession } from '../../services/index.js';
import type { CommandController } from '../internal/command-controller.js';
import type { DesksideElement } from '../internal/base-element.js';

/** Commands that the window gives. */
export type WindowCommand = 'end' | 'accept' | 'reject' | 'done' | 'page';

/** What the notices show, and do. */
export interface NoticesView {
  readonly session: ImSession;
  readonly commands: CommandController<WindowCommand>;
  /** End IM was pressed and is to be confirmed. */
  readonly asking: boolean;
  /** The switch does not answer the end. */
  readonly stuck: boolean;
  readonly onCommand: (name: 'accept' | 'reject' | 'page') => void;
  readonly onEnd: () => void;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

function action(view: NoticesView, name: 'accept' | 'reject' | 'page', words: string, look = ''): TemplateResult {
  const busy = view.commands.pending(name) ? 'true' : 'false';
  return html`<button class="button ${look}" type="button" aria-busy=${busy} @click=${() => view.onCommand(name)}>${words}</button>`;
}

function invitation(element: DesksideElement, view: NoticesView): TemplateResult | typeof nothing {
  if (!isPending(view.session)) return nothing;
  return html`<div class="invitation">
    <p>${element.text('tray.pending')}</p>
    ${action(view, 'accept', element.text('im.accept'), 'primary')} ${action(view, 'reject', element.text('im.reject'))}
  </div>`;
}

/** The device at the other end could not take a session: single messages may reach it. */
function pageOffer(element: DesksideElement, view: NoticesView): TemplateResult | typeof nothing {
  const { direction, outcome, peer } = view.session;
  if (direction !== 'outgoing' || outcome?.code !== 'unsupported') return nothing;
  return html`<div class="invitation">
    <p>${element.text('im.page-offer', { name: peer.name })}</p>
    ${action(view, 'page', element.text('im.page'))}
  </div>`;
}

function question(element: DesksideElement, { asking, session, onEnd, onKeep }: NoticesView): TemplateResult | typeof nothing {
  if (!asking || session.status !== 'connected') return nothing;
  return html`<div class="invitation" role="alertdialog" aria-label=${element.text('im.end-ask')}>
    <p>${element.text('im.end-ask')}</p>
    <button class="button danger" type="button" @click=${onEnd}>${element.text('im.end')}</button>
    <button class="button" type="button" @click=${onKeep}>${element.text('action.cancel')}</button>
  </div>`;
}

/** The switch does not answer: the agent must get rid of the window all the same. */
function wayOut(element: DesksideElement, { stuck, commands, session, onDone }: NoticesView): TemplateResult | typeof nothing {
  if (session.status === 'ended' || (!stuck && !commands.failure('end'))) return nothing;
  return html`<div class="invitation" role="alert">
    <p>${element.text('im.stuck')}</p>
    <button class="button danger" type="button" @click=${onDone}>${element.text('im.force-close')}</button>
  </div>`;
}

function failure(element: DesksideElement, { commands }: NoticesView): TemplateResult | typeof nothing {
  const failed = (['accept', 'reject', 'page'] as const).map((name) => commands.failure(name)).find(Boolean);
  return failed ? html`<p class="notice error" role="alert">${element.text(`error.${failed.code}`)}</p>` : nothing;
}

/** All of them that are due. */
export function notices(element: DesksideElement, view: NoticesView): readonly (TemplateResult | typeof nothing)[] {
  return [invitation, pageOffer, question, wayOut, failure].map((part) => part(element, view));
}
