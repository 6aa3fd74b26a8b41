/** The agent's switches for what peers are told without words: under the settings of the channel whose sessions they are about. */
import { html, nothing, type TemplateResult } from 'lit';
import { isSent, NOTICES, type NoticeName, type NoticeRules } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import { checkIcon } from '../internal/icons.js';

/** What they show and do. */
export interface NoticeChoices extends NoticeRules {
  readonly onSwitch: (notice: NoticeName, on: boolean) => void;
}

/** One entry for each notice. What the host withholds says so and cannot be switched on. */
export function noticeChoices(element: DesksideElement, choices: NoticeChoices): TemplateResult {
  return html`<div class="notices" role="group" aria-label=${element.text('notice.label')}>
    ${NOTICES.map((name) => {
      const on = isSent(name, choices);
      const withheld = choices.withheld?.includes(name) ?? false;
      return html`<button
        class="menu-item"
        type="button"
        role="menuitemcheckbox"
        aria-checked=${on ? 'true' : 'false'}
        aria-disabled=${withheld ? 'true' : 'false'}
        @click=${() => {
          if (!withheld) choices.onSwitch(name, !on);
        }}
      >
        <span class="tick">${on ? checkIcon() : nothing}</span>
        <span
          >${element.text(`notice.${name}`)}${withheld ? html`<span class="reason">${element.text('notice.withheld')}</span>` : nothing}</span
        >
      </button>`;
    })}
  </div>`;
}
