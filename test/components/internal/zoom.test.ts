import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { nextZoom, ZOOM_STEPS, ZoomController } from '../../../src/components/internal/zoom.js';
import { fakeService, inside, mount } from '../../support/elements.js';

class ZoomElement extends DesksideElement {
  readonly zoom = new ZoomController(this);
  override render(): unknown {
    return html`<button>${this.zoom.percent}</button>`;
  }
}
customElements.define('zoom-element', ZoomElement);

const key = (element: ZoomElement, name: string, init: KeyboardEventInit = { ctrlKey: true }): boolean =>
  !inside(element, 'button').dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...init }),
  );
const make = (fake = fakeService()): Promise<ZoomElement> => mount<ZoomElement>(html`<zoom-element></zoom-element>`, fake);

describe('zoom', () => {
  it('goes through its steps and holds at the ends', () => {
    let percent = 50;
    const steps = [percent];
    while (percent < 200) steps.push((percent = nextZoom(percent, 1)));
    expect(steps).to.deep.equal(ZOOM_STEPS);
    expect([nextZoom(200, 1), nextZoom(50, -1), nextZoom(105, 1), nextZoom(105, -1)]).to.deep.equal([200, 50, 110, 100]);
  });

  it('follows Ctrl and ⌘ with +, − and 0', async () => {
    const element = await make();
    const size = (): string => getComputedStyle(element).fontSize;
    expect(size()).to.equal('13px');
    for (const [name, init, percent] of [
      ['+', { ctrlKey: true }, 110],
      ['=', { metaKey: true }, 125],
      ['-', { ctrlKey: true }, 110],
      ['0', { ctrlKey: true }, 100],
      ['-', { ctrlKey: true }, 90],
    ] as const) {
      expect(key(element, name, init)).to.equal(true);
      expect(element.zoom.percent).to.equal(percent);
    }
    await element.updateComplete;
    expect(size()).to.equal('11.7px');
    expect(key(element, '+', {})).to.equal(false);
    expect(key(element, '+', { ctrlKey: true, altKey: true })).to.equal(false);
    expect(key(element, 'a')).to.equal(false);
  });

  it('is the same for every element of the agent, and kept by the service', async () => {
    const fake = fakeService();
    const [one, other] = [await make(fake), await make(fake)];
    one.zoom.in();
    await Promise.resolve();
    await other.updateComplete;
    expect(fake.service.preferences.zoom()).to.equal(110);
    expect(other.zoom.percent).to.equal(110);
    expect(other.style.getPropertyValue('--_zoom')).to.equal('1.1');
  });

  it('works without a service, for the element alone', async () => {
    const element = await mount<ZoomElement>(html`<zoom-element></zoom-element>`);
    element.zoom.set(150);
    await element.updateComplete;
    expect(inside(element, 'button').textContent).to.equal('150');
  });

  it('stays within bounds whatever it is told, and says what changed', async () => {
    const element = await make();
    const told: number[] = [];
    element.addEventListener('zoomchange', (event) => told.push(event.detail.zoom));
    for (const percent of [1000, -5, NaN, 100]) element.zoom.set(percent);
    expect(told).to.deep.equal([200, 50, 100]);
  });
});
