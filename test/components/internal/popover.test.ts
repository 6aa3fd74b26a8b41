import { expect } from '@open-wc/testing';
import { html, type CSSResultGroup } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { floating, PopoverController } from '../../../src/components/internal/popover.js';
import { surfaces } from '../../../src/styles/index.js';
import { fakeService, inside, mount } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';

class PopoverElement extends DesksideElement {
  static override styles: CSSResultGroup = [DesksideElement.styles, surfaces, floating];
  toggled: boolean[] = [];
  readonly menu = new PopoverController(this, {
    anchor: () => this.renderRoot.querySelector('#anchor'),
    panel: () => this.renderRoot.querySelector('#panel'),
    matchWidth: true,
    onToggle: (open) => this.toggled.push(open),
  });

  override render(): unknown {
    return html`<button id="anchor" aria-expanded=${this.menu.open} @click=${() => this.menu.toggle()}>Open</button>
      <button id="other">Other</button>
      <div id="panel" class="floating menu" popover="manual">
        <button id="item" class="menu-item">Call</button>
      </div>`;
  }
}
customElements.define('popover-element', PopoverElement);

/** Without the Popover API, as in older browsers. */
class OldPopoverElement extends PopoverElement {
  override updated(): void {
    this.renderRoot.querySelector('#panel')?.removeAttribute('popover');
  }
}
customElements.define('old-popover-element', OldPopoverElement);

/** With a closed shadow root, as some hosts force it. */
class ClosedPopoverElement extends PopoverElement {
  static override shadowRootOptions: ShadowRootInit = { mode: 'closed' };
}
customElements.define('closed-popover-element', ClosedPopoverElement);

const visible = (element: PopoverElement): boolean => inside(element, '#panel').getClientRects().length > 0;
const press = (at: Element, type = 'pointerdown'): boolean => {
  const box = at.getBoundingClientRect();
  const init = { bubbles: true, composed: true, clientX: box.left + 2, clientY: box.top + 2 };
  return at.dispatchEvent(new PointerEvent(type, init));
};
const key = (at: Element, name: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true });
  at.dispatchEvent(event);
  return event;
};

for (const Tested of [PopoverElement, OldPopoverElement, ClosedPopoverElement]) {
  describe(`PopoverController in ${Tested.name}`, () => {
    const make = (): Promise<PopoverElement> => mount(html`${new Tested()}`);

    it('opens at its anchor and closes', async () => {
      const element = await make();
      expect(visible(element)).to.equal(false);
      inside(element, '#anchor').click();
      await element.updateComplete;
      expect(visible(element)).to.equal(true);
      expect(inside(element, '#anchor').getAttribute('aria-expanded')).to.equal('true');
      const [anchor, panel] = ['#anchor', '#panel'].map((part) => inside(element, part).getBoundingClientRect()) as [DOMRect, DOMRect];
      expect(panel.top).to.be.closeTo(anchor.bottom + 4, 1);
      expect(panel.left).to.be.closeTo(anchor.left, 1);
      inside(element, '#anchor').click();
      expect(visible(element)).to.equal(false);
      expect(element.toggled).to.deep.equal([true, false]);
    });

    it('closes on Escape, keeps the key to itself and gives the focus back', async () => {
      const element = await make();
      inside(element, '#anchor').focus();
      element.menu.show();
      inside(element, '#item').focus();
      expect(visible(element)).to.equal(true);
      expect(key(inside(element, '#item'), 'Escape').defaultPrevented).to.equal(true);
      expect(visible(element)).to.equal(false);
      expect(inside(element, '#anchor').matches(':focus')).to.equal(true);
      expect(key(inside(element, '#anchor'), 'Escape').defaultPrevented).to.equal(false);
    });

    it('closes on a press outside, not on one inside', async () => {
      const element = await make();
      element.menu.show();
      press(inside(element, '#item'));
      expect(visible(element)).to.equal(true);
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: innerWidth - 1, clientY: innerHeight - 1 }));
      expect(visible(element)).to.equal(false);
    });

    it('closes when the focus goes elsewhere, and does not fetch it back', async () => {
      const element = await make();
      inside(element, '#anchor').focus();
      element.menu.show();
      inside(element, '#item').focus();
      expect(visible(element)).to.equal(true);
      inside(element, '#other').focus();
      expect(visible(element)).to.equal(false);
      expect(inside(element, '#other').matches(':focus')).to.equal(true);
    });

    it('stays in the window: above the anchor at the lower edge, within the sides, mirrored', async () => {
      const element = await make();
      for (const [name, value] of [
        ['position', 'fixed'],
        ['inset-block-end', '0'],
        ['inset-inline-end', '0'],
      ] as const)
        element.style.setProperty(name, value);
      for (const dir of ['ltr', 'rtl']) {
        element.dir = dir;
        element.menu.show();
        const [anchor, panel] = ['#anchor', '#panel'].map((part) => inside(element, part).getBoundingClientRect()) as [DOMRect, DOMRect];
        expect(panel.bottom, dir).to.be.closeTo(anchor.top - 4, 1);
        expect(panel.left, dir).to.be.at.least(0);
        expect(panel.right, dir).to.be.at.most(innerWidth);
        element.menu.hide();
      }
    });

    it('stays in the window when its anchor is scrolled away', async () => {
      const element = await make();
      element.style.setProperty('position', 'fixed');
      for (const [edge, at] of [
        ['inset-block-start', '-400px'],
        ['inset-block-start', '200vh'],
      ] as const) {
        element.style.setProperty(edge, at);
        element.menu.show();
        const panel = inside(element, '#panel').getBoundingClientRect();
        expect(panel.top, at).to.be.at.least(0);
        expect(panel.bottom, at).to.be.at.most(innerHeight);
        element.menu.hide();
      }
    });

    it('closes when the element leaves', async () => {
      const element = await make();
      element.menu.show();
      element.remove();
      expect(element.menu.open).to.equal(false);
      element.menu.show();
      expect(element.menu.open).to.equal(false);
    });

    it('leaves nothing behind', async () => {
      const left = await leaks(() => {
        const element = new Tested();
        void element.updateComplete.then(() => element.menu.show());
        return element;
      }, fakeService());
      expect(left).to.deep.equal([]);
    });
  });
}
