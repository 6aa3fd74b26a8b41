import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { emit, eventTable, type DesksideEventName } from '../../../src/components/internal/events.js';
import { frozenJson } from '../../../src/components/internal/json.js';

describe('emit', () => {
  it('sends a frozen plain copy', async () => {
    const element = await fixture<HTMLElement>(html`<div></div>`);
    const detail = { sessionId: 's1' };
    const heard = oneEvent(element, 'imaccept');
    emit(element, 'imaccept', detail);
    const event = await heard;
    expect(event.detail).to.deep.equal(detail);
    expect(event.detail === detail).to.equal(false);
    expect(event.detail).to.be.frozen;
  });

  it('bubbles domain events once, across shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'closed' }).append(inner);
    let heard = 0;
    document.addEventListener('imreject', () => (heard += 1), { once: true });
    outer.addEventListener('imreject', () => (heard += 1));
    emit(inner, 'imreject', { sessionId: 's1' });
    expect(heard).to.equal(2);
  });

  it('keeps own state to the element', async () => {
    const outer = await fixture<HTMLElement>(html`<div><p></p></div>`);
    let heard = 0;
    outer.addEventListener('zoomchange', () => (heard += 1));
    emit(outer.querySelector('p') ?? outer, 'zoomchange', { zoom: 110 });
    expect(heard).to.equal(0);
  });

  it('tells whether the host took over, where it may', async () => {
    const element = await fixture<HTMLElement>(html`<div></div>`);
    element.addEventListener('imsend', (event) => event.preventDefault());
    element.addEventListener('imaccept', (event) => event.preventDefault());
    expect(emit(element, 'imsend', { sessionId: 's1', text: 'hello' })).to.equal(false);
    expect(emit(element, 'imaccept', { sessionId: 's1' })).to.equal(true);
  });

  for (const name of Object.keys(eventTable) as DesksideEventName[]) {
    it(`${name} has a name that every framework can bind`, () => expect(name).to.match(/^[a-z]+$/));
  }
});

describe('frozenJson', () => {
  it('leaves out what is no JSON and survives cycles', () => {
    const cycle: Record<string, unknown> = { a: 1, f: () => 1, u: undefined, s: Symbol('s'), n: NaN };
    cycle['self'] = cycle;
    const copy = frozenJson(cycle) as Record<string, unknown>;
    expect(Object.keys(copy)).to.deep.equal(['a', 'n', 'self']);
    expect(copy['n']).to.equal(null);
    expect(() => JSON.stringify(copy)).to.not.throw();
  });

  it('freezes all the way down', () => {
    const copy = frozenJson({ list: [{ deep: [1] }] }) as { list: { deep: number[] }[] };
    expect(copy.list[0]?.deep).to.be.frozen;
  });

  it('does not touch prototypes', () => {
    const copy = frozenJson(JSON.parse('{"__proto__": {"polluted": true}}')) as Record<string, unknown>;
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.getPrototypeOf(copy)).to.equal(Object.prototype);
  });
});
