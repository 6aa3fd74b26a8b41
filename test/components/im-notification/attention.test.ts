/** What calls for attention beside the card: the browser's or the host's notification, the title, the sound that is blocked. */
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-notification/im-notification.define.js';
import type { ImNotification } from '../../../src/components/im-notification/im-notification.js';
import { sharedRinger, type HostAdapter, type SipService } from '../../../src/services/index.js';
import { fakeService, mount, shown, type FakeService } from '../../support/elements.js';
import { invitation, line, transcript } from '../../support/people.js';

const invited = (parts: Partial<SipService> = {}): FakeService =>
  fakeService({ sessions: ['s1'], 'session:s1': invitation(), 'transcript:s1': transcript(line('m1', 'Hello Kate')) }, {}, parts);

/** What the browser was asked for, in place of its own notifications. */
class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'default';
  static asked = 0;
  static readonly open = new Set<FakeNotification>();
  readonly title: string;
  readonly body: string;

  constructor(title: string, { body }: NotificationOptions) {
    super();
    this.title = title;
    this.body = body ?? '';
    FakeNotification.open.add(this);
  }

  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked += 1;
    FakeNotification.permission = 'granted';
    return Promise.resolve('granted');
  }

  close(): void {
    FakeNotification.open.delete(this);
  }
}

function setHidden(hidden: boolean): void {
  if (hidden) Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  else Reflect.deleteProperty(document, 'visibilityState');
  document.dispatchEvent(new Event('visibilitychange'));
}

const offered = (element: ImNotification, words: string): HTMLButtonElement | undefined =>
  [...element.renderRoot.querySelectorAll('button')].find((one) => one.textContent.includes(words));

/** Cards slide in; contrast is judged when they stand. */
async function stands(element: ImNotification): Promise<void> {
  const moving = [...element.renderRoot.querySelectorAll('.card')].flatMap((card) => card.getAnimations());
  await Promise.all(moving.map((one) => one.finished));
}

describe('<im-notification> while the page is hidden', () => {
  const real = globalThis.Notification;

  beforeEach(() => {
    Object.assign(FakeNotification, { permission: 'default', asked: 0 });
    FakeNotification.open.clear();
    Object.assign(globalThis, { Notification: FakeNotification });
  });

  afterEach(() => {
    setHidden(false);
    Object.assign(globalThis, { Notification: real });
  });

  const show = (fake: FakeService): Promise<ImNotification> =>
    mount<ImNotification>(html`<im-notification position="inline"></im-notification>`, fake);

  it('asks for the browser’s notifications on a click only, and offers it no more then', async () => {
    const element = await show(invited());
    setHidden(true);
    expect([FakeNotification.asked, FakeNotification.open.size]).to.deep.equal([0, 0]);
    offered(element, 'Also notify me')?.click();
    await waitUntil(() => offered(element, 'Also notify me') === undefined);
    expect(FakeNotification.asked).to.equal(1);
    await stands(element);
    await expect(element).to.be.accessible();
  });

  it('shows one of the browser’s, once, with the first words, and takes it away with the invitation', async () => {
    FakeNotification.permission = 'granted';
    const fake = invited();
    await show(fake);
    expect(FakeNotification.open.size, 'while it is seen').to.equal(0);
    setHidden(true);
    setHidden(true);
    expect([...FakeNotification.open].map(({ title, body }) => [title, body])).to.deep.equal([
      ['Internal instant messaging from John Davis', 'Hello Kate'],
    ]);
    fake.store.set('session:s1', invitation({ status: 'ended', endedAt: Date.now(), outcome: { code: 'cancelled' } }));
    await waitUntil(() => FakeNotification.open.size === 0);
  });

  it('cuts a long first message', async () => {
    FakeNotification.permission = 'granted';
    const fake = invited();
    fake.store.set('transcript:s1', transcript(line('m1', 'x'.repeat(5000))));
    await show(fake);
    setHidden(true);
    expect([...FakeNotification.open][0]?.body.length).to.equal(140);
  });

  it('is shown by the host instead, where that can', async () => {
    FakeNotification.permission = 'granted';
    const notices: { title: string; body: string }[] = [];
    const badges: number[] = [];
    const host: HostAdapter = {
      name: 'test',
      capabilities: { notify: true, badge: true },
      notify: (notice) => Promise.resolve(void notices.push(notice)),
      setBadge: (count) => void badges.push(count),
    };
    const fake = invited({ host });
    const element = await show(fake);
    expect(offered(element, 'Also notify me')).to.equal(undefined);
    setHidden(true);
    expect(notices).to.deep.equal([{ title: 'Internal instant messaging from John Davis', body: 'Hello Kate' }]);
    expect(FakeNotification.open.size).to.equal(0);
    expect(badges.at(-1)).to.equal(1);
    fake.store.set('sessions', []);
    await waitUntil(() => badges.at(-1) === 0);
  });

  it('survives a browser that throws at notifications of a page', async () => {
    class Throwing extends FakeNotification {
      constructor(title: string, options: NotificationOptions) {
        super(title, options);
        throw new TypeError('Illegal constructor.');
      }
    }
    Throwing.permission = 'granted';
    Object.assign(globalThis, { Notification: Throwing });
    const element = await show(invited());
    setHidden(true);
    expect(shown(element)).to.contain('Hello Kate');
  });
});

describe('<im-notification> that rings', () => {
  it('says where the browser blocks the sound, with a way to allow it; silent again when the invitation is gone', async () => {
    const ringer = sharedRinger();
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false, isActive: false }, configurable: true });
    Object.defineProperty(navigator, 'getAutoplayPolicy', { value: () => 'disallowed', configurable: true });
    try {
      const fake = invited();
      const element = await mount<ImNotification>(html`<im-notification position="inline" ring="bell|7|-1"></im-notification>`, fake);
      await waitUntil(() => offered(element, 'The browser blocks the sound'), undefined, { timeout: 10_000 });
      expect(ringer.blocked).to.equal(true);
      await stands(element);
      await expect(element).to.be.accessible();
      fake.store.set('sessions', []);
      await waitUntil(() => !ringer.blocked);
      expect(ringer.sounding).to.equal(undefined);
    } finally {
      Reflect.deleteProperty(navigator, 'userActivation');
      Reflect.deleteProperty(navigator, 'getAutoplayPolicy');
    }
  });

  it('says where nothing can be heard, for a click would help nothing', async () => {
    const ringer = sharedRinger();
    Object.defineProperty(ringer, 'unavailable', { value: true, configurable: true });
    Object.defineProperty(ringer, 'blocked', { value: true, configurable: true });
    try {
      const element = await mount<ImNotification>(html`<im-notification position="inline" ring="bell|7|-1"></im-notification>`, invited());
      await waitUntil(() => shown(element).includes('No sound'));
      expect(offered(element, 'sound')).to.equal(undefined);
    } finally {
      for (const name of ['unavailable', 'blocked']) Reflect.deleteProperty(ringer, name);
    }
  });

  it('is silent without the attribute', async () => {
    await mount<ImNotification>(html`<im-notification position="inline"></im-notification>`, invited());
    expect([sharedRinger().blocked, sharedRinger().sounding]).to.deep.equal([false, undefined]);
  });
});
