import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/components/internal/define.js';
import { VERSION } from '../../../src/components/internal/version.js';
import { warnOnce } from '../../../src/components/internal/warn.js';
import { warnings } from '../../support/warnings.js';

describe('defineElement', () => {
  it('registers a class and stamps the version', () => {
    class A extends HTMLElement {}
    expect(defineElement('define-a', A)).to.equal(A);
    expect(customElements.get('define-a')).to.equal(A);
    expect(A).to.have.property('desksideVersion', VERSION);
  });

  it('is silent when the same version is loaded twice', async () => {
    class B extends HTMLElement {}
    class OtherCopy extends HTMLElement {}
    const said = await warnings(() => {
      defineElement('define-b', B);
      expect(defineElement('define-b', B)).to.equal(B);
      expect(defineElement('define-b', OtherCopy)).to.equal(B);
    });
    expect(said).to.deep.equal([]);
  });

  it('warns once of another version, and of strangers', async () => {
    class Old extends HTMLElement {
      static desksideVersion = '0.0.1';
    }
    class Stranger extends HTMLElement {}
    class Mine extends HTMLElement {}
    customElements.define('define-c', Old);
    customElements.define('define-d', Stranger);
    const said = await warnings(() => {
      defineElement('define-c', Mine);
      defineElement('define-c', Mine);
      defineElement('define-d', Mine);
    });
    expect(said).to.have.length(2);
    expect(said[0]).to.include('define-c').and.include('0.0.1').and.include(VERSION);
    expect(said[1]).to.include('define-d').and.include('other code');
  });

  it('registers a class a second time under another name', () => {
    class E extends HTMLElement {}
    defineElement('define-e', E);
    const second = defineElement('host-define-e', E);
    expect(second).to.not.equal(E);
    expect(document.createElement('host-define-e')).to.be.instanceOf(E);
  });

  it('uses the registry that it is given', () => {
    class F extends HTMLElement {}
    const defined = new Map<string, CustomElementConstructor>();
    const registry = {
      get: (tag: string) => defined.get(tag),
      define: (tag: string, element: CustomElementConstructor) => void defined.set(tag, element),
    } as unknown as CustomElementRegistry;
    defineElement('define-f', F, registry);
    expect(defined.get('define-f')).to.equal(F);
    expect(customElements.get('define-f')).to.equal(undefined);
  });
});

describe('VERSION', () => {
  it('is that of package.json', async () => {
    const answer = await fetch('/package.json');
    expect(await answer.json()).to.have.property('version', VERSION);
  });
});

describe('warnOnce', () => {
  it('speaks once per object and reason, and names the element', async () => {
    const [one, other] = [document.createElement('im-sample'), document.createElement('im-sample')];
    const said = await warnings(() => {
      warnOnce(one, 'a', 'first');
      warnOnce(one, 'a', 'first again');
      warnOnce(one, 'b', 'second');
      warnOnce(other, 'a', 'third');
    });
    expect(said).to.deep.equal(['<im-sample>: first', '<im-sample>: second', '<im-sample>: third']);
  });
});
