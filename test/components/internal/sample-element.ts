/** A small element on the foundation, for its tests. */
import { html } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { StoreController } from '../../../src/components/internal/store-controller.js';
import { commonWords } from '../../../src/components/internal/strings/en/common.js';
import { sessionWords } from '../../../src/components/internal/strings/en/session.js';
import { fakeService, shown, type FakeService } from '../../support/elements.js';

/** Says who the agent is, in a sentence of the strings table. */
export class SampleElement extends DesksideElement {
  static override english = [commonWords, sessionWords];
  readonly #account = new StoreController(this, (read) => read('account'));

  override render(): unknown {
    if (!this.activeService) return this.renderInert();
    return html`<p lang="en">${this.text('im.origin.internal', { name: this.#account.value?.name ?? '?' })}</p>`;
  }
}
customElements.define('sample-element', SampleElement);

/** What the element says before the name, in English. */
export const SAYS = 'Internal instant messaging from';

/** A service whose agent has this name. */
export function named(name: string): FakeService {
  return fakeService({ account: { address: `sip:${name}@deskside.test`, name, user: name, rights: [] } });
}

/** What the element shows once it is drawn. */
export async function words(element: DesksideElement): Promise<string> {
  await element.updateComplete;
  return shown(element);
}
