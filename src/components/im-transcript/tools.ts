/** The small row under the lines: who is typing, text size, and what may be taken out. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DesksideElement } from '../internal/base-element.js';
import { caseIcon, copyIcon, downloadIcon, zoomInIcon, zoomOutIcon, type Icon } from '../internal/icons.js';
import type { StringKey } from '../internal/strings.js';
import type { ZoomController } from '../internal/zoom.js';
import type { ExportFormat } from './export.js';
import type { Takeout } from './takeout.js';

const FORMATS: readonly (readonly [ExportFormat, StringKey])[] = [
  ['text', 'transcript.as-text'],
  ['html', 'transcript.as-html'],
  ['json', 'transcript.as-json'],
];

/** What the row is made of. */
export interface Tools {
  readonly typing: string;
  readonly zoom: ZoomController;
  readonly takeout: Takeout;
}

function tool(icon: Icon, words: string, act: () => void): TemplateResult {
  return html`<button class="icon-button" type="button" aria-label=${words} title=${words} @click=${act}>${icon()}</button>`;
}

function downloads(element: DesksideElement, { menu, download }: Takeout): TemplateResult {
  const words = element.text('transcript.download');
  return html`<button
      class="icon-button"
      id="download"
      type="button"
      aria-label=${words}
      title=${words}
      aria-expanded=${menu.open ? 'true' : 'false'}
      @click=${() => menu.toggle()}
    >
      ${downloadIcon()}
    </button>
    <div class="floating menu" id="formats" popover="manual" role="group" aria-label=${words}>
      ${FORMATS.map(([format, key]) => html`<button class="menu-item" type="button" @click=${() => download(format)}>${element.text(key)}</button>`)}
    </div>`;
}

/** The row. */
export function toolsRow(element: DesksideElement, tools: Tools): TemplateResult {
  const { typing, zoom, takeout } = tools;
  const { ways } = takeout;
  const percent = `${zoom.percent} %`;
  return html`<div class="tools">
    <span class="typing" dir="auto">${typing}</span>
    ${ways.includes('copy') ? tool(copyIcon, element.text('transcript.copy-all'), takeout.copyAll) : nothing}
    ${ways.includes('log') ? tool(caseIcon, element.text('transcript.log'), takeout.log) : nothing}
    ${ways.includes('download') ? downloads(element, takeout) : nothing} ${tool(zoomOutIcon, element.text('zoom.out'), zoom.out)}
    ${
      zoom.percent === 100
        ? nothing
        : html`<button
            class="link-button small"
            type="button"
            aria-label=${element.text('zoom.reset', { percent })}
            title=${element.text('zoom.reset', { percent })}
            @click=${zoom.reset}
          >
            ${percent}
          </button>`
    }
    ${tool(zoomInIcon, element.text('zoom.in'), zoom.in)}
  </div>`;
}
