/** How the message box looks. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref, type Ref } from 'lit/directives/ref.js';
import type { ServiceErrorCode } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';

/** What the box shows. */
export interface ComposerView {
  /** The box, once it is drawn. */
  readonly box: Ref<HTMLTextAreaElement>;
  /** Why nothing can be written; undefined where it can. */
  readonly blocked: string | undefined;
  /** What is good to know; nothing where undefined. */
  readonly hint: string | undefined;
  readonly failure: ServiceErrorCode | undefined;
  /** Bytes left where it is worth saying; negative over the limit. */
  readonly left: number | undefined;
  readonly replies: readonly string[];
  readonly onInput: (event: Event) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onSend: () => void;
  readonly onReply: (text: string) => void;
}

/** The words under the box and whether they say that something is wrong. */
function note(element: DesksideElement, { blocked, hint, failure, left }: ComposerView): readonly [words: string, wrong: boolean] {
  if (left !== undefined && left < 0) return [element.text('composer.too-long', { count: -left }), true];
  if (failure) return [element.text(`error.${failure}`), true];
  if (blocked !== undefined) return [blocked, false];
  return [left === undefined ? (hint ?? '') : element.text('composer.left', { count: left }), false];
}

function replies(element: DesksideElement, view: ComposerView): TemplateResult | typeof nothing {
  if (view.blocked !== undefined || !view.replies.length) return nothing;
  return html`<div class="replies chips" role="group" aria-label=${element.text('composer.quick-replies')}>
    ${view.replies.map((text) => html`<button class="chip" type="button" @click=${() => view.onReply(text)}><span dir="auto">${text}</span></button>`)}
  </div>`;
}

/** The message box with its note, its button and the quick replies. */
export function composerBox(element: DesksideElement, view: ComposerView): TemplateResult {
  const [words, wrong] = note(element, view);
  const blocked = view.blocked !== undefined;
  return html`<div class="composer" part="composer">
    <p class="field-note ${wrong ? 'error' : ''}" id="note" role=${wrong ? 'alert' : nothing} ?hidden=${!words}>${words}</p>
    <textarea
      ${ref(view.box)}
      class="field"
      rows="1"
      dir="auto"
      aria-label=${element.text('composer.label')}
      aria-describedby="note"
      aria-invalid=${wrong ? 'true' : 'false'}
      placeholder=${element.text('composer.placeholder')}
      ?readonly=${blocked}
      aria-disabled=${blocked ? 'true' : 'false'}
      @input=${view.onInput}
      @keydown=${view.onKey}
    ></textarea>
    <button class="button primary" type="button" ?disabled=${blocked} @click=${view.onSend}>${element.text('im.send')}</button>
    ${replies(element, view)}
  </div>`;
}
