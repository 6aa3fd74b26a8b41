import { aTimeout, expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-notification/im-notification.define.js';
import type { ImNotification } from '../../../src/components/im-notification/im-notification.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { fakeService, inside, KATE, mount, shown, type Answers, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { CASE, invitation, line, transcript } from '../../support/people.js';
import { warnings } from '../../support/warnings.js';

function invited(more: Parameters<typeof invitation>[0] = {}, answers: Answers = {}): FakeService {
  return fakeService(
    { sessions: ['s1'], 'session:s1': invitation(more), 'transcript:s1': transcript(line('m1', 'Hello Kate')), 'case:s1': CASE },
    answers,
  );
}

async function show(fake: FakeService): Promise<ImNotification> {
  const element = await mount<ImNotification>(html`<im-notification position="inline"></im-notification>`, fake);
  // Cards slide in; contrast is judged when they stand.
  await Promise.all(
    [...element.renderRoot.querySelectorAll('.card')].flatMap((card) => card.getAnimations()).map((moving) => moving.finished),
  );
  return element;
}

const button = (element: ImNotification, words: string): HTMLButtonElement => {
  const all = [...element.renderRoot.querySelectorAll('button')];
  const found = all.find((one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === words);
  if (!found) throw new Error(`no button "${words}" among ${all.map((one) => one.textContent.trim()).join(', ')}`);
  return found;
};

const count = (fake: FakeService, name: string): number => fake.commands.filter(([command]) => command === name).length;

describe('<im-notification>', () => {
  it('is accessible, also with the ways to reject open', async () => {
    const element = await show(invited());
    await expect(element).to.be.accessible();
    button(element, 'Reject with a message').click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('says who, the origin, the case and the first message, and does not take the focus', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    const element = await show(invited());
    expect(shown(element)).to.contain('John Davis').and.contain('Internal instant messaging from John Davis').and.contain('Hello Kate');
    expect(shown(element)).to.match(/Call Type\s+Support/);
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('leaves the focus of a mouse where it was when a card is put away or rejected', async () => {
    const element = await show(invited());
    const taken = (words: string): boolean =>
      button(element, words).dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, composed: true }));
    expect(['Dismiss; it stays in the tray', 'Reject', 'Accept'].map(taken)).to.deep.equal([false, false, true]);
  });

  it('leaves no node behind once the last card is gone', async () => {
    const fake = fakeService({ sessions: [] });
    const element = await show(fake);
    const nodes = (): number => {
      const walker = document.createTreeWalker(element.renderRoot, NodeFilter.SHOW_ALL);
      let found = 0;
      while (walker.nextNode()) found += 1;
      return found;
    };
    const before = nodes();
    for (const id of ['a1', 'a2', 'a3']) {
      fake.store.set(`session:${id}`, invitation({ id }));
      fake.store.set('sessions', [id]);
      await waitUntil(() => element.renderRoot.querySelector('article, .card:not(.gone)'));
      fake.store.delete(`session:${id}`);
      fake.store.set('sessions', []);
      await waitUntil(() => !element.renderRoot.querySelector('article, .card:not(.gone)'));
    }
    await waitUntil(() => nodes() <= before);
  });

  it('names a consultation and shows only the chosen keys', async () => {
    const fake = invited({ origin: 'consultation' });
    fake.store.set('case:s1', { ...CASE, notify: ['reason'] });
    const element = await show(fake);
    expect(shown(element)).to.contain('Consultation instant messaging from John Davis').and.contain('Broken TV');
    expect(shown(element)).not.to.contain('Support');
  });

  it('accepts: once, opens the window, and tells after the wire confirmed', async () => {
    let confirm = (): void => undefined;
    const fake = invited({}, { 'im.accept': () => new Promise<void>((resolve) => (confirm = resolve)) });
    const element = await show(fake);
    let told = false;
    element.addEventListener('imaccept', () => (told = true));
    button(element, 'Accept').click();
    button(element, 'Accept').click();
    await element.updateComplete;
    expect(button(element, 'Accept').getAttribute('aria-busy')).to.equal('true');
    expect([count(fake, 'im.accept'), told]).to.deep.equal([1, false]);
    const event = oneEvent(element, 'imaccept');
    confirm();
    expect((await event).detail).to.deep.equal({ sessionId: 's1' });
    expect(fake.commands).to.deep.include(['view.open', 's1']);
  });

  it('rejects with own words and with canned ones', async () => {
    const fake = invited();
    const element = await show(fake);
    element.rejectReplies = ['In a meeting'];
    button(element, 'Reject with a message').click();
    await element.updateComplete;
    button(element, 'In a meeting').click();
    await waitUntil(() => count(fake, 'im.reject') === 1);
    expect(fake.commands).to.deep.include(['im.reject', 's1', { text: 'In a meeting' }]);
  });

  it('says why accepting failed', async () => {
    const fake = invited({}, { 'im.accept': () => Promise.reject(new ServiceError('timeout', 'No answer.')) });
    const element = await show(fake);
    button(element, 'Accept').click();
    await waitUntil(() => shown(element).includes('There was no answer in time'));
    expect(count(fake, 'view.open')).to.equal(0);
  });

  it('shows without accepting', async () => {
    const fake = invited();
    const element = await show(fake);
    button(element, 'Show without accepting').click();
    expect(fake.commands.map(([name]) => name)).to.include.members(['im.dismiss', 'view.open']);
    expect(count(fake, 'im.accept')).to.equal(0);
  });

  it('is put away without an answer', async () => {
    const fake = invited();
    const element = await show(fake);
    button(element, 'Dismiss; it stays in the tray').click();
    expect(fake.commands).to.deep.equal([['im.dismiss', 's1']]);
  });

  it('lets the host show its own: nothing is drawn, dismissed or said', async () => {
    const fake = invited();
    const holder = document.createElement('div');
    holder.addEventListener('iminvite', (event) => event.preventDefault());
    document.body.append(holder);
    const element = document.createElement('im-notification');
    element.service = fake.service;
    element.notificationTimeout = 0.01;
    holder.append(element);
    await element.updateComplete;
    expect(inside(element, '.stack').hidden).to.be.true;
    await aTimeout(1100);
    expect(count(fake, 'im.dismiss')).to.equal(0);
    holder.remove();
  });

  /** Whether the mouse is over it only a real one could say. */
  const hover = (card: HTMLElement, over: boolean): void => {
    const value = (selector: string): boolean => (selector === ':hover' ? over : HTMLElement.prototype.matches.call(card, selector));
    Object.defineProperty(card, 'matches', { configurable: true, value });
    card.dispatchEvent(new PointerEvent(over ? 'pointerenter' : 'pointerleave'));
  };
  const enter = (card: HTMLElement): void => hover(card, true);
  const leave = (card: HTMLElement): void => hover(card, false);
  const focus = (card: HTMLElement): void => card.querySelector('button')?.focus();
  const blur = (card: HTMLElement): void => card.querySelector('button')?.blur();
  for (const [how, hold, release] of [
    ['hovered', [enter, focus, blur], leave],
    ['focused', [focus, enter, leave], blur],
  ] as const) {
    it(`dismisses itself when its time is over, but not while ${how}`, async () => {
      const fake = invited();
      fake.store.set('session:s2', invitation({ id: 's2' }));
      fake.store.set('sessions', ['s1', 's2']);
      const element = document.createElement('im-notification');
      element.service = fake.service;
      element.notificationTimeout = 1;
      document.body.append(element);
      await element.updateComplete;
      const card = inside(element, '[part=notification]');
      for (const step of hold) step(card);
      await waitUntil(() => count(fake, 'im.dismiss') > 0, 'the other one is dismissed', { timeout: 8000 });
      expect(fake.commands.filter(([name]) => name === 'im.dismiss').map(([, id]) => id)).not.to.include('s1');
      release(card);
      await waitUntil(() => fake.commands.some(([name, id]) => name === 'im.dismiss' && id === 's1'), 'dismissed', { timeout: 8000 });
      element.remove();
    });
  }

  it('never shows longer than the invitation lives, and for all its life with 0', async () => {
    const element = document.createElement('im-notification');
    element.service = invited({ expiresAt: Date.now() + 9000 }).service;
    document.body.append(element);
    await element.updateComplete;
    expect(inside(element, '.elapsed').textContent).to.match(/^0:0[89]$/);
    element.remove();
    const forever = document.createElement('im-notification');
    const { expiresAt: _none, ...rest } = invitation();
    forever.service = fakeService({ sessions: ['s1'], 'session:s1': rest }).service;
    forever.notificationTimeout = 0;
    document.body.append(forever);
    await forever.updateComplete;
    expect(forever.renderRoot.querySelector('.bar')).to.equal(null);
    forever.remove();
  });

  it('never shows a dead invitation as alive, and says briefly that it is over', async () => {
    const fake = invited();
    const element = await show(fake);
    fake.store.set('session:s1', invitation({ status: 'ended', endedAt: Date.now(), outcome: { code: 'cancelled' } }));
    await waitUntil(() => shown(element).includes('The invitation of John Davis is over'));
    expect(element.renderRoot.querySelectorAll('button')).to.have.length(0);
  });

  it('stacks, newest last, and the shortcut reaches the newest; Escape goes back', async () => {
    const fake = invited();
    const kim = { address: 'sip:kim@deskside.test', name: 'Kim', user: 'kim' };
    fake.store.set('session:s2', invitation({ id: 's2', peer: kim }));
    fake.store.set('sessions', ['s1', 's2']);
    const element = await show(fake);
    element.shortcut = 'Alt+Shift+N';
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'N', code: 'KeyN', altKey: true, shiftKey: true, bubbles: true, composed: true }),
    );
    const focused = inside<HTMLElement>(element, '[part="notification"]:focus');
    expect(focused.textContent).to.contain('Kim');
    focused.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('lets the focus of a keyboard go on to the newest left, then back, and closes the ways to reject with Escape first', async () => {
    const fake = invited();
    fake.store.set('session:s2', invitation({ id: 's2', peer: { address: 'sip:kim@deskside.test', name: 'Kim', user: 'kim' } }));
    fake.store.set('sessions', ['s1', 's2']);
    const element = await show(fake);
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    element.focus();
    const more = [...element.renderRoot.querySelectorAll<HTMLButtonElement>('[aria-expanded]')].at(-1);
    more?.click();
    await element.updateComplete;
    const own = inside<HTMLInputElement>(element, '.own-words input');
    // Who opens it may write at once.
    await waitUntil(() => own.matches(':focus'));
    own.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await element.updateComplete;
    expect(element.renderRoot.querySelector('.own-words')).to.equal(null);
    expect(inside(element, ':focus')).to.equal(more);
    fake.store.set('sessions', ['s1']);
    await waitUntil(() => element.renderRoot.querySelector('[part="notification"]:focus')?.textContent.includes('John Davis'));
    fake.store.set('sessions', []);
    await waitUntil(() => document.activeElement === field);
    field.remove();
  });

  it('shows the newest of a stack that is higher than its place, unless somebody is at another', async () => {
    const fake = invited();
    const element = await show(fake);
    element.position = 'bottom end';
    const stack = inside<HTMLElement>(element, '.stack');
    stack.style.setProperty('max-block-size', '200px');
    const come = async (id: string, ...ids: string[]): Promise<void> => {
      fake.store.set(`session:${id}`, invitation({ id }));
      fake.store.set('sessions', [...ids, id]);
      await waitUntil(() => element.renderRoot.querySelectorAll('[part="notification"]').length === ids.length + 1);
    };
    await come('s2', 's1');
    expect(stack.scrollTop).to.be.closeTo(stack.scrollHeight - stack.clientHeight, 1);
    inside<HTMLElement>(element, '[part="notification"]').focus();
    stack.scrollTop = 0;
    await come('s3', 's1', 's2');
    expect(stack.scrollTop).to.equal(0);
  });

  it('warns once of a ring or shortcut that makes no sense, and carries on', async () => {
    const said = await warnings(async () => {
      const element = await mount<ImNotification>(html`<im-notification ring="gong|x" shortcut="Alt+"></im-notification>`, invited());
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
      expect(shown(element)).to.contain('Hello Kate');
    });
    expect(said.filter((words) => words.includes('ring must be'))).to.have.length(1);
    expect(said.filter((words) => words.includes('shortcut must be'))).to.have.length(1);
  });

  it('shows nothing of instant messaging without the right to use it', async () => {
    const fake = invited();
    fake.store.set('account', { ...KATE, rights: [] });
    const element = await show(fake);
    expect(inside(element, '.stack').hidden).to.be.true;
  });

  it('marks the page’s title only while it is hidden, and gives it back', async () => {
    const title = document.title;
    const fake = invited();
    const element = await show(fake);
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.title).to.equal(`(1) ${title}`);
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.title).to.equal(title);
    element.remove();
  });

  it('leaves nothing behind', async () => {
    const left = await leaks(() => document.createElement('im-notification'), invited());
    expect(left).to.deep.equal([]);
  });
});
