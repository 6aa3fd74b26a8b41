import { ContextProvider } from '@lit/context';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { html as lit } from 'lit';
import { registerLanguage } from '../../../src/components/internal/strings.js';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { stringsContext } from '../../../src/components/internal/strings-context.js';
import { mount, provide, shown } from '../../support/elements.js';
import { warnings } from '../../support/warnings.js';
import { named, SampleElement, SAYS, words } from './sample-element.js';

describe('DesksideElement and its words', () => {
  before(() => registerLanguage({ lang: 'de', strings: { 'im.origin.internal': 'Nachricht von {name}' } }));

  it('speaks the language around it and follows a change', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <div><sample-element></sample-element></div>
      </div>`,
    );
    const element = page.querySelector<SampleElement>('sample-element') ?? new SampleElement();
    element.service = named('Kate').service;
    expect(await words(element)).to.equal(`${SAYS} Kate`);
    page.lang = 'de-AT';
    await waitUntil(() => element.locale === 'de-AT');
    expect(await words(element)).to.equal('Nachricht von Kate');
    element.lang = 'en';
    await waitUntil(() => element.locale.startsWith('en'));
    expect(await words(element)).to.equal(`${SAYS} Kate`);
  });

  it('follows the language outside the shadow root that it is in', async () => {
    const page = await fixture<HTMLElement>(html`<div></div>`);
    const element = new SampleElement();
    page.attachShadow({ mode: 'closed' }).append(element);
    page.lang = 'de';
    await waitUntil(() => element.locale.startsWith('de'));
  });

  it('falls back where the language tag is malformed', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="not a tag!"><sample-element></sample-element></div>`);
    expect(page.querySelector<SampleElement>('sample-element')?.locale).to.match(/^en/);
  });

  it('draws anew when its language is registered', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="zz"><sample-element></sample-element></div>`);
    const element = page.querySelector<SampleElement>('sample-element') ?? new SampleElement();
    element.service = named('Kate').service;
    await element.updateComplete;
    registerLanguage({ lang: 'zz', strings: { 'im.origin.internal': 'Zz {name}' } });
    expect(await words(element)).to.equal('Zz Kate');
  });

  it('takes strings and language of the provider, and its own strings first', async () => {
    const page = await fixture<HTMLElement>(html`<div><sample-element></sample-element></div>`);
    const element = page.querySelector<SampleElement>('sample-element') ?? new SampleElement();
    provide(page, named('Kate').service);
    const strings = new ContextProvider(page, { context: stringsContext, initialValue: { strings: { 'im.origin.internal': 'P {name}' } } });
    strings.hostConnected();
    expect(await words(element)).to.equal('P Kate');
    strings.setValue({ lang: 'de' });
    expect(await words(element)).to.equal('Nachricht von Kate');
    element.strings = { 'im.origin.internal': 'E {name}' };
    expect(await words(element)).to.equal('E Kate');
  });

  it('warns once of strings that make no sense', async () => {
    const said = await warnings(async () => {
      const element = await mount<SampleElement>(lit`<sample-element .strings=${'nonsense'}></sample-element>`, named('Kate'));
      expect(shown(element)).to.equal(`${SAYS} Kate`);
    });
    expect(said).to.have.length(1);
  });

  it('shows the key and warns where a class forgot its table', async () => {
    class ForgetfulElement extends DesksideElement {
      override render(): unknown {
        return this.text('im.end');
      }
    }
    customElements.define('forgetful-element', ForgetfulElement);
    const said = await warnings(async () => {
      expect(await words(await mount(lit`${new ForgetfulElement()}`))).to.equal('im.end');
    });
    expect(said.join()).to.include('static english');
  });

  it('knows its direction', async () => {
    const page = await fixture<HTMLElement>(html`<div dir="rtl"><sample-element></sample-element></div>`);
    const element = page.querySelector<SampleElement>('sample-element') ?? new SampleElement();
    expect(element.rtl).to.equal(true);
    page.dir = 'ltr';
    expect(element.rtl).to.equal(false);
  });
});
