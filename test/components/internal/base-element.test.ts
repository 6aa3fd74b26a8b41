import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { html as lit } from 'lit';
import { inside, mount, provide, shown } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { warnings } from '../../support/warnings.js';
import { named, SampleElement, SAYS, words } from './sample-element.js';

describe('DesksideElement and its service', () => {
  it('is accessible, with and without a service', async () => {
    const element = await mount<SampleElement>(lit`<sample-element></sample-element>`);
    await expect(element).to.be.accessible();
    element.service = named('Kate').service;
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('is inert without a provider and warns once, after a while', async () => {
    const said = await warnings(async (soFar) => {
      const element = await mount<SampleElement>(lit`<sample-element></sample-element>`);
      expect(inside(element, '.inert').textContent).to.include('no provider');
      expect(soFar).to.deep.equal([]);
      await waitUntil(() => soFar.length > 0, 'the warning', { timeout: 10_000 });
      element.remove();
      document.body.append(element);
      await aTimeout(1500);
      element.remove();
    });
    expect(said).to.have.length(1);
    expect(said[0]).to.include('<sample-element>').and.include('sip-provider');
  });

  it('does not warn when the provider comes in time', async () => {
    const said = await warnings(async () => {
      const around = await fixture<HTMLElement>(html`<div><sample-element></sample-element></div>`);
      provide(around, named('Kate').service);
      const start = Date.now();
      await waitUntil(() => Date.now() - start > 1200, 'grace time', { timeout: 3000 });
    });
    expect(said).to.deep.equal([]);
  });

  it('takes the nearest provider around', async () => {
    const outer = await fixture<HTMLElement>(html`<div><section></section></div>`);
    provide(outer, named('Outer').service);
    provide(outer.querySelector('section') ?? outer, named('Inner').service);
    const element = new SampleElement();
    outer.querySelector('section')?.append(element);
    expect(await words(element)).to.equal(`${SAYS} Inner`);
  });

  it('takes a provider that announces itself later, and a nearer one that comes later still', async () => {
    const outer = await fixture<HTMLElement>(
      html`<div>
        <section><sample-element></sample-element></section>
      </div>`,
    );
    const element = outer.querySelector<SampleElement>('sample-element') ?? new SampleElement();
    expect(await words(element)).to.include('no provider');
    provide(outer, named('Outer').service);
    expect(await words(element)).to.equal(`${SAYS} Outer`);
    provide(outer.querySelector('section') ?? outer, named('Inner').service);
    expect(await words(element)).to.equal(`${SAYS} Inner`);
  });

  it('finds its provider through closed shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const host = document.createElement('div');
    outer.attachShadow({ mode: 'closed' }).append(host);
    const element = new SampleElement();
    host.attachShadow({ mode: 'closed' }).append(element);
    expect(await words(element)).to.include('no provider');
    provide(outer, named('Outer').service);
    expect(await words(element)).to.equal(`${SAYS} Outer`);
  });

  it('follows its place in the document', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <section></section>
        <article></article>
        <aside></aside>
      </div>`,
    );
    const [one, other, none] = [...page.children] as [HTMLElement, HTMLElement, HTMLElement];
    provide(one, named('One').service);
    provide(other, named('Other').service);
    const element = new SampleElement();
    one.append(element);
    expect(await words(element)).to.equal(`${SAYS} One`);
    other.append(element);
    expect(await words(element)).to.equal(`${SAYS} Other`);
    none.append(element);
    expect(await words(element)).to.include('no provider');
  });

  it('uses the provider with an id, anywhere, before or after it exists', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <section></section>
        <article></article>
      </div>`,
    );
    const [one, other] = [...page.children] as [HTMLElement, HTMLElement];
    provide(one, named('Around').service);
    const element = new SampleElement();
    element.setAttribute('provider', 'far');
    one.append(element);
    expect(await words(element)).to.include('no provider');
    other.id = 'far';
    provide(other, named('Far').service);
    expect(await words(element)).to.equal(`${SAYS} Far`);
    element.removeAttribute('provider');
    expect(await words(element)).to.equal(`${SAYS} Around`);
  });

  it('keeps the provider with the id when a nearer one for others announces itself', async () => {
    const page = await fixture<HTMLElement>(
      html`<div id="named">
        <section><p></p></section>
      </div>`,
    );
    provide(page, named('Named').service);
    const stranger = await fixture<HTMLElement>(html`<div></div>`);
    provide(stranger, named('Stranger').service);
    const element = new SampleElement();
    element.provider = 'named';
    stranger.append(element);
    expect(await words(element)).to.equal(`${SAYS} Named`);
    provide(page.querySelector('section') ?? page, named('Nearer').service);
    expect(await words(element)).to.equal(`${SAYS} Named`);
  });

  it('finds an id in the shadow roots around it first', async () => {
    const page = await fixture<HTMLElement>(html`<div></div>`);
    const root = page.attachShadow({ mode: 'closed' });
    const provider = document.createElement('div');
    provider.id = 'local';
    const element = new SampleElement();
    element.provider = 'local';
    root.append(provider, element);
    provide(provider, named('Local').service);
    expect(await words(element)).to.equal(`${SAYS} Local`);
  });

  it('prefers the property service, set before it was defined', async () => {
    class LateElement extends SampleElement {}
    const element = document.createElement('late-element');
    Object.assign(element, { service: named('Mine').service, strings: { 'im.origin.internal': 'IM of {name}' } });
    const page = await fixture<HTMLElement>(html`<div></div>`);
    provide(page, named('Around').service);
    page.append(element);
    customElements.define('late-element', LateElement);
    if (!(element instanceof LateElement)) throw new Error('not upgraded');
    expect(await words(element)).to.equal('IM of Mine');
    element.service = undefined;
    expect(await words(element)).to.equal('IM of Around');
  });

  it('warns of a service that is none, and stays inert', async () => {
    const said = await warnings(async () => {
      const element = await mount<SampleElement>(lit`<sample-element .service=${{ nonsense: true }}></sample-element>`);
      expect(shown(element)).to.include('no provider');
    });
    expect(said.join()).to.include('SipService');
  });

  it('works in a closed shadow root of its own', async () => {
    // As Lightning Web Security does it: whatever is asked for, the root is closed.
    const element = new SampleElement();
    element.attachShadow = (options) => Element.prototype.attachShadow.call(element, { ...options, mode: 'closed' });
    element.service = named('Kate').service;
    const page = await fixture<HTMLElement>(html`<div></div>`);
    page.append(element);
    expect(element.shadowRoot).to.equal(null);
    expect(await words(element)).to.equal(`${SAYS} Kate`);
  });

  it('leaves nothing behind', async () => expect(await leaks(() => new SampleElement(), named('Kate'))).to.deep.equal([]));
});
