import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { DesksideElement } from '../../../src/components/internal/base-element.js';
import { CommandController } from '../../../src/components/internal/command-controller.js';
import { sameSelection, StoreController } from '../../../src/components/internal/store-controller.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { fakeService, KATE, mount } from '../../support/elements.js';

class SliceElement extends DesksideElement {
  updates = 0;
  which = 'sip:a@deskside.test';
  readonly commands = new CommandController<'go' | 'stop'>(this);
  readonly slice = new StoreController(this, (read) => ({
    name: read('account')?.name,
    state: read(`presence:${this.which}`)?.state,
  }));

  override render(): unknown {
    this.updates += 1;
    return html`${this.slice.value?.name}`;
  }
}
customElements.define('slice-element', SliceElement);

/** Nobody waits to see the presence; the name is drawn at once. */
class RestingElement extends DesksideElement {
  updates = 0;
  readonly slice = new StoreController(
    this,
    (read) => ({ name: read('account')?.name, state: read('presence:sip:a@deskside.test')?.state }),
    (next, before) => next.name === before.name,
  );

  override render(): unknown {
    this.updates += 1;
    return this.slice.value?.name;
  }
}
customElements.define('resting-element', RestingElement);

const settled = async (element: DesksideElement): Promise<void> => {
  await Promise.resolve();
  await element.updateComplete;
};

describe('StoreController', () => {
  it('selects, and draws again only when the selection changed', async () => {
    const fake = fakeService();
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fake);
    expect(element.slice.value).to.deep.equal({ name: 'Kate Lewis', state: undefined });
    const before = element.updates;
    fake.store.set('account', { ...KATE, rights: [] });
    fake.store.set('sessions', ['s1']);
    fake.store.set('presence:sip:b@deskside.test', { state: 'busy', channels: {} });
    await settled(element);
    expect(element.updates).to.equal(before);
    fake.store.set('presence:sip:a@deskside.test', { state: 'busy', channels: {} });
    await settled(element);
    expect(element.updates).to.equal(before + 1);
    expect(element.slice.value?.state).to.equal('busy');
  });

  it('draws changes that may rest as one, and with the next that may not', async () => {
    const fake = fakeService();
    const element = await mount<RestingElement>(html`<resting-element></resting-element>`, fake);
    const before = element.updates;
    for (const state of ['busy', 'ready'] as const) {
      fake.store.set('presence:sip:a@deskside.test', { state, channels: {} });
      await settled(element);
    }
    expect(element.updates).to.equal(before);
    expect(element.slice.value?.state).to.equal('ready');
    await waitUntil(() => element.updates === before + 1, 'both are drawn');
    fake.store.set('presence:sip:a@deskside.test', { state: 'busy', channels: {} });
    fake.store.set('account', { ...KATE, name: 'Kate Miller' });
    await settled(element);
    expect(element.updates).to.equal(before + 2);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(element.updates, 'what rested has been drawn').to.equal(before + 2);
  });

  it('watches what it reads now, no more and no less', async () => {
    const fake = fakeService();
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fake);
    expect([...fake.watched().keys()]).to.have.members(['account', 'presence:sip:a@deskside.test']);
    element.which = 'sip:b@deskside.test';
    element.requestUpdate();
    await settled(element);
    expect([...fake.watched()]).to.deep.equal([
      ['account', 1],
      ['presence:sip:b@deskside.test', 1],
    ]);
  });

  it('follows a service that comes, changes and goes', async () => {
    const [one, other] = [fakeService(), fakeService({ account: { ...KATE, name: 'John Davis' } })];
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`);
    expect(element.slice.value).to.equal(undefined);
    for (const [fake, name] of [
      [one, 'Kate Lewis'],
      [other, 'John Davis'],
    ] as const) {
      element.service = fake.service;
      await settled(element);
      expect(element.slice.value?.name).to.equal(name);
    }
    expect(one.watched().size).to.equal(0);
    element.service = undefined;
    await settled(element);
    expect(element.slice.value).to.equal(undefined);
    expect(other.watched().size).to.equal(0);
  });

  it('watches nothing while detached, and catches up when it is back', async () => {
    const fake = fakeService();
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fake);
    element.remove();
    expect(fake.watched().size).to.equal(0);
    fake.store.set('account', { ...KATE, name: 'Kate Miller' });
    document.body.append(element);
    await settled(element);
    expect(element.slice.value?.name).to.equal('Kate Miller');
    element.remove();
  });

  it('compares one level deep', () => {
    const part = {};
    expect(sameSelection([1, part], [1, part])).to.equal(true);
    expect(sameSelection({ a: part }, { a: part })).to.equal(true);
    expect(sameSelection({ a: {} }, { a: {} })).to.equal(false);
    expect(sameSelection([1], { 0: 1 })).to.equal(false);
    expect(sameSelection({ a: undefined }, { b: undefined })).to.equal(false);
    expect(sameSelection(null, {})).to.equal(false);
  });
});

describe('CommandController', () => {
  it('is pending until the command settles', async () => {
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fakeService());
    let finish = (): void => undefined;
    const done = element.commands.run('go', () => new Promise<void>((resolve) => (finish = resolve)));
    expect([element.commands.pending('go'), element.commands.pending('stop')]).to.deep.equal([true, false]);
    const before = element.updates;
    finish();
    expect(await done).to.equal(true);
    await element.updateComplete;
    expect(element.commands.pending('go')).to.equal(false);
    expect(element.updates).to.be.above(before);
  });

  it('does not run the same command twice at once', async () => {
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fakeService());
    let runs = 0;
    let finish = (): void => undefined;
    const command = (): Promise<void> => {
      runs += 1;
      return new Promise((resolve) => (finish = resolve));
    };
    const first = element.commands.run('go', command);
    expect(await element.commands.run('go', command)).to.equal(false);
    finish();
    await first;
    expect(runs).to.equal(1);
  });

  it('keeps why it failed until the next run', async () => {
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fakeService());
    const refuse = (): never => {
      throw new ServiceError('not-allowed', 'Ask for the right im-make.');
    };
    expect(await element.commands.run('go', refuse)).to.equal(false);
    expect(element.commands.failure('go')).to.deep.equal({ code: 'not-allowed', message: 'Ask for the right im-make.' });
    expect(element.commands.pending('go')).to.equal(false);
    expect(await element.commands.run('go', () => undefined)).to.equal(true);
    expect(element.commands.failure('go')).to.equal(undefined);
  });

  it('reports a bug to the page and shows it as internal', async () => {
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fakeService());
    const reported: unknown[] = [];
    const catchError = (event: ErrorEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      reported.push(event.error);
    };
    addEventListener('error', catchError, true);
    const { onerror } = window;
    window.onerror = () => true;
    const bug = new TypeError('oops');
    await element.commands.run('go', () => Promise.reject(bug));
    removeEventListener('error', catchError, true);
    window.onerror = onerror;
    expect(reported).to.deep.equal([bug]);
    expect(element.commands.failure('go')?.code).to.equal('internal');
  });

  it('says nothing of what ends after the element left', async () => {
    const element = await mount<SliceElement>(html`<slice-element></slice-element>`, fakeService());
    let fail: (error: Error) => void = () => undefined;
    const done = element.commands.run('go', () => new Promise((_resolve, reject) => (fail = reject)));
    element.remove();
    fail(new ServiceError('timeout', 'Try again.'));
    await done;
    document.body.append(element);
    await waitUntil(() => !element.commands.pending('go'));
    expect(element.commands.failure('go')).to.equal(undefined);
    element.remove();
  });
});
