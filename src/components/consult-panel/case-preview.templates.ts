/** What the colleague will see of the case, before anything leaves. */
import { html, nothing, type TemplateResult } from 'lit';
import { MASK, type CaseEntry, type SessionCase, type Withheld } from '../../services/index.js';
import type { DesksideElement } from '../internal/base-element.js';
import type { Late } from './case-sync.js';
import type { Consultation } from './consultations.js';

/** A value with its marks: masked, shortened. */
function valueOf(element: DesksideElement, entry: CaseEntry): TemplateResult {
  const masked = entry.sensitive === true || entry.value === MASK;
  return html`<dd dir="auto">
    ${entry.value || '–'}
    ${masked ? html`<span class="pill warning">${element.text('consult.preview-masked')}</span>` : nothing}${
      entry.cut ? html`<span class="pill">${element.text('consult.preview-cut')}</span>` : nothing
    }
  </dd>`;
}

function facts(element: DesksideElement, entries: readonly CaseEntry[]): TemplateResult {
  return html`<dl class="facts">
    ${entries.map(
      (entry) =>
        html`<dt dir="auto">${entry.label || entry.key}</dt>
          ${valueOf(element, entry)}`,
    )}
  </dl>`;
}

/** One line that says how much goes out and how much does not. */
function summary(element: DesksideElement, { draft, peer }: Consultation, count: number, withheld: number): string {
  const what = element.text(draft ? 'consult.preview' : 'consult.preview-sent', { name: peer.name });
  const parts = [element.text('consult.preview-count', { count })];
  if (withheld) parts.push(element.text('consult.preview-withheld-count', { count: withheld }));
  return `${what}: ${parts.join(', ')}`;
}

/** The preview: open while nothing has left, folded afterwards. */
export function casePreview(
  element: DesksideElement,
  one: Consultation,
  caseData: SessionCase | undefined,
  { withheld, late }: { readonly withheld: readonly Withheld[]; readonly late: Late | undefined },
): TemplateResult | typeof nothing {
  if (!caseData) return nothing;
  if (one.withoutCase)
    return html`<p class="preview plain" part="preview" role="status">
      ${element.text(one.plain ? 'consult.preview-plain' : 'consult.preview-without', { name: one.peer.name })}
    </p>`;
  const { data, contact } = caseData;
  const fields = contact?.fields ?? [];
  const names = withheld.map(({ label, key }) => label || key).join(', ');
  const behind =
    late && !one.ended
      ? html`<p class="notice warning" role="status">${element.text(`consult.preview-${late}`, { name: one.peer.name })}</p>`
      : nothing;
  return html`${behind}
    <details class="preview" part="preview" ?open=${one.draft}>
      <summary dir="auto">${summary(element, one, data.length + fields.length, withheld.length)}</summary>
      <div class="scroll" role="group" tabindex="0" aria-label=${element.text('case.information')}>
        ${data.length ? facts(element, data) : html`<p>${element.text('consult.preview-none')}</p>`}
        ${
          fields.length
            ? html`<p class="part">${element.text('case.contact')}</p>
                ${facts(element, fields)}`
            : nothing
        }
        ${names ? html`<p class="withheld" dir="auto">${element.text('consult.preview-withheld', { names })}</p>` : nothing}
      </div>
    </details>`;
}
