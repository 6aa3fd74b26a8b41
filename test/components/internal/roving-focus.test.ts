import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { RovingFocus, type Orientation } from '../../../src/components/internal/roving-focus.js';
import { mount } from '../../support/elements.js';

class RovingElement extends DesksideElement {
  names = ['a', 'b', 'c'];
  roving = this.make('vertical', false);

  make(orientation: Orientation, wrap: boolean): RovingFocus {
    return new RovingFocus(this, { items: () => this.items, orientation, wrap });
  }
  get items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('button')];
  }
  override render(): unknown {
    return html`<div role="toolbar" aria-label="Sample" @keydown=${this.roving.handleKeydown} @focusin=${this.roving.handleFocusin}>
      ${this.names.map((name) => html`<button id=${name}>${name}</button>`)}<input aria-label="Text" />
    </div>`;
  }
}
customElements.define('roving-element', RovingElement);

const make = (): Promise<RovingElement> => mount<RovingElement>(html`<roving-element></roving-element>`);
const focused = (element: RovingElement): string | undefined => element.items.find((item) => item.matches(':focus'))?.id;
const stops = (element: RovingElement): string => element.items.map((item) => item.tabIndex).join();

function press(element: RovingElement, key: string, init: KeyboardEventInit = {}): boolean {
  const target = element.items.find((item) => item.matches(':focus')) ?? element.items[0];
  return !target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));
}

describe('RovingFocus', () => {
  it('is one stop for Tab', async () => {
    const element = await make();
    expect(stops(element)).to.equal('0,-1,-1');
    await expect(element).to.be.accessible();
  });

  it('moves with the arrows, and to the ends', async () => {
    const element = await make();
    element.items[0]?.focus();
    for (const [key, id] of [
      ['ArrowDown', 'b'],
      ['ArrowDown', 'c'],
      ['ArrowDown', 'c'],
      ['ArrowUp', 'b'],
      ['Home', 'a'],
      ['ArrowUp', 'a'],
      ['End', 'c'],
    ] as const) {
      press(element, key);
      expect(focused(element), key).to.equal(id);
    }
    expect(stops(element)).to.equal('-1,-1,0');
  });

  it('leaves other keys and combinations to others', async () => {
    const element = await make();
    element.items[0]?.focus();
    expect(press(element, 'ArrowRight')).to.equal(false);
    expect(press(element, 'ArrowDown', { ctrlKey: true })).to.equal(false);
    expect(press(element, 'a')).to.equal(false);
    expect(focused(element)).to.equal('a');
  });

  it('mirrors left and right in right-to-left layouts', async () => {
    const element = await make();
    element.roving = element.make('horizontal', false);
    element.requestUpdate();
    await element.updateComplete;
    element.items[0]?.focus();
    press(element, 'ArrowRight');
    expect(focused(element)).to.equal('b');
    element.dir = 'rtl';
    press(element, 'ArrowRight');
    expect(focused(element)).to.equal('a');
    press(element, 'ArrowLeft');
    expect(focused(element)).to.equal('b');
  });

  it('wraps around where told', async () => {
    const element = await make();
    element.roving = element.make('both', true);
    element.requestUpdate();
    await element.updateComplete;
    element.items[0]?.focus();
    press(element, 'ArrowLeft');
    expect(focused(element)).to.equal('c');
    press(element, 'ArrowDown');
    expect(focused(element)).to.equal('a');
  });

  it('tells of the item that a key moved to, and keeps its stop at the chosen one', async () => {
    const element = await make();
    const told: string[] = [];
    let chosen = 'c';
    element.roving = new RovingFocus(element, {
      items: () => element.items,
      chosen: () => element.items.find(({ id }) => id === chosen),
      onMove: (item) => told.push((chosen = item.id)),
      wrap: true,
    });
    element.requestUpdate();
    await element.updateComplete;
    expect(stops(element)).to.equal('-1,-1,0');
    press(element, 'ArrowDown');
    press(element, 'x');
    expect([focused(element), ...told]).to.deep.equal(['a', 'a']);
    element.items[1]?.focus();
    element.requestUpdate();
    await element.updateComplete;
    expect([stops(element), ...told]).to.deep.equal(['0,-1,-1', 'a']);
  });

  it('follows a click and does not lose its stop when items go', async () => {
    const element = await make();
    element.items[2]?.focus();
    expect(stops(element)).to.equal('-1,-1,0');
    element.names = ['a', 'b'];
    element.requestUpdate();
    await element.updateComplete;
    expect(stops(element)).to.equal('0,-1');
  });

  it('leaves the arrows in a text field alone', async () => {
    const element = await make();
    const input = element.renderRoot.querySelector('input');
    const event = new KeyboardEvent('keydown', { key: 'Home', bubbles: true, composed: true, cancelable: true });
    input?.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('does nothing where there is nothing', async () => {
    const element = await make();
    element.names = [];
    element.requestUpdate();
    await element.updateComplete;
    element.roving.focus(undefined);
    expect(element.roving.current).to.equal(undefined);
    await fixture('<p></p>');
  });
});
