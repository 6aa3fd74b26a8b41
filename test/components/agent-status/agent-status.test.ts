import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/components/agent-status/agent-status.define.js';
import type { AgentStatus } from '../../../src/components/agent-status/agent-status.js';
import { ServiceError } from '../../../src/services/index.js';
import { fakeService, inside, KATE, mount, shown } from '../../support/elements.js';

const READY = { im: { state: 'ready' }, voice: { state: 'not-ready', reason: 'Lunch' } } as const;
const STATUS = html`<agent-status .reasons=${['Lunch', 'Training']}></agent-status>`;

describe('<agent-status>', () => {
  it('is accessible, closed and with an open menu', async () => {
    const element = await mount<AgentStatus>(STATUS, fakeService({ channels: READY }));
    await expect(element).to.be.accessible();
    inside(element, '#im').click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('shows each channel in shape and word, with the reason', async () => {
    const element = await mount<AgentStatus>(STATUS, fakeService({ channels: READY }));
    expect(shown(element)).to.contain('Ready').and.to.contain('Not Ready · Lunch');
  });

  it('sets a channel with its reason, from the keyboard', async () => {
    const fake = fakeService({ channels: READY });
    const element = await mount<AgentStatus>(STATUS, fake);
    inside(element, '#im').click();
    await element.updateComplete;
    const menu = inside(element, '[role=menu]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) {
      element.renderRoot
        .querySelector<HTMLElement>('[role=menuitemradio]:focus')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    expect(menu.querySelector(':focus')?.textContent).to.contain('Not Ready · Training');
    menu.querySelector<HTMLElement>(':focus')?.click();
    await waitUntil(() => fake.commands.length > 0);
    expect(fake.commands[0]).to.deep.equal(['channels.set', 'im', 'not-ready', 'Training']);
  });

  it('keeps its menu inside of a narrow page, and gives the focus back to the button', async () => {
    const reasons = ['Training with the whole team of the second floor'];
    const element = await mount<AgentStatus>(html`<agent-status .reasons=${reasons}></agent-status>`, fakeService({ channels: READY }));
    element.style.setProperty('inline-size', '250px');
    inside(element, '#im').click();
    await element.updateComplete;
    const box = inside(element, '[role=menu]').getBoundingClientRect();
    expect(box.width).to.be.above(150);
    expect(box.left).to.be.at.least(0);
    expect(box.right).to.be.at.most(document.documentElement.clientWidth);
    const focused = inside(element, '[role=menuitemradio]:focus');
    focused.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
    await element.updateComplete;
    expect(inside(element, '#im').matches(':focus')).to.equal(true);
    expect(inside(element, '#im').getAttribute('aria-expanded')).to.equal('false');
    expect(inside(element, '[role=menu]').getClientRects().length).to.equal(0);
  });

  it('closes its menu on a press outside, and cuts a long reason off inside of its button', async () => {
    const reason = 'Training with the whole team of the second floor';
    const element = await mount<AgentStatus>(STATUS, fakeService({ channels: { ...READY, im: { state: 'not-ready', reason } } }));
    element.style.setProperty('inline-size', '180px');
    inside(element, '#im').click();
    await element.updateComplete;
    expect(inside(element, '#im').offsetWidth).to.be.at.most(180);
    expect(inside(element, '#im').title).to.contain(reason);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: innerWidth - 1, clientY: innerHeight - 1 }));
    await element.updateComplete;
    expect(inside(element, '#im').getAttribute('aria-expanded')).to.equal('false');
  });

  it('lets the agent switch off what others are told, in the menu of instant messaging', async () => {
    const fake = fakeService({ channels: READY });
    const element = await mount<AgentStatus>(STATUS, fake);
    inside(element, '#voice').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=menuitemcheckbox]')).to.equal(null);
    inside(element, '#im').click();
    await element.updateComplete;
    const entries = (): HTMLElement[] => [...element.renderRoot.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')];
    const says = (): string[] => entries().map((entry) => `${entry.innerText.trim()}: ${entry.ariaChecked ?? ''}`);
    expect(says()).to.deep.equal(['Send read receipts: true', 'Show when I am typing: true']);
    inside(element, '[role=menuitemradio]:focus').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect(entries()[1]?.matches(':focus')).to.equal(true);
    entries()[1]?.click();
    expect(fake.commands.at(-1)).to.deep.equal(['im.setNotice', 'typing', false]);
    // The mark goes when it is so, and the menu stays for the other one.
    expect(says()[1]).to.equal('Show when I am typing: true');
    fake.store.set('notices', { read: true, typing: false });
    await waitUntil(() => says()[1] === 'Show when I am typing: false');
    await expect(element).to.be.accessible();
    entries()[1]?.click();
    expect(fake.commands.at(-1)).to.deep.equal(['im.setNotice', 'typing', true]);
  });

  it('shows what the page withholds as off, whatever the agent wants', async () => {
    const fake = fakeService({ channels: READY, account: { ...KATE, withheld: ['read'] }, notices: { read: true, typing: true } });
    const element = await mount<AgentStatus>(STATUS, fake);
    inside(element, '#im').click();
    await element.updateComplete;
    const entry = inside(element, '[role=menuitemcheckbox]');
    expect(entry.ariaChecked).to.equal('false');
    expect(entry.ariaDisabled).to.equal('true');
    expect(entry.innerText).to.contain('Switched off for everybody here');
    entry.click();
    expect(fake.commands).to.deep.equal([]);
  });

  it('shows what was asked for as pending until it is confirmed', async () => {
    const fake = fakeService({ channels: { ...READY, im: { state: 'ready', pending: 'not-ready' } } });
    const element = await mount<AgentStatus>(STATUS, fake);
    expect(shown(element)).to.contain('Waiting for the switch…');
    const told = oneEvent(element, 'channelstate');
    fake.store.set('channels', { ...READY, im: { state: 'not-ready' } });
    expect((await told).detail).to.deep.equal({ channel: 'im', state: { state: 'not-ready' } });
  });

  it('says what went wrong', async () => {
    const refuse = (): Promise<never> => Promise.reject(new ServiceError('outbound-campaign', 'In a campaign.'));
    const element = await mount<AgentStatus>(
      STATUS,
      fakeService({ channels: { ...READY, im: { state: 'logged-off' } } }, { 'channels.set': refuse }),
    );
    inside(element, '#im').click();
    await element.updateComplete;
    inside(element, '[role=menuitemradio]').click();
    await waitUntil(() => shown(element).includes('outbound campaign'));
  });

  for (const [code, why] of [
    ['unauthorized', 'Check the user name and the password.'],
    ['configuration', 'Check the address and the server.'],
  ] as const)
    it(`says why the switch refuses the agent (${code}), and tries again when told to`, async () => {
      const error = { code, message: 'The whole story.' };
      const fake = fakeService({ channels: READY, account: KATE, connection: { status: 'refused', since: 0, error } });
      const element = await mount<AgentStatus>(STATUS, fake);
      expect(shown(element)).to.contain(`The switch refuses this agent. ${why}`);
      expect(inside(element, '.connection').title).to.equal('The whole story.');
      inside(element, '.connection button').click();
      expect(fake.commands).to.deep.equal([['reconnect']]);
      await expect(element).to.be.accessible();
    });

  it('draws its own state as one that was, in shape and word, until there is a connection again', async () => {
    const fake = fakeService({ channels: READY, connection: { status: 'reconnecting', since: 0 } });
    const element = await mount<AgentStatus>(STATUS, fake);
    const looks = (): readonly (boolean | undefined)[] =>
      ['.presence', '.presence-word'].map((part) => element.renderRoot.querySelector(`#im ${part}`)?.classList.contains('past'));
    const colours = (): readonly string[] =>
      ['.presence', '.presence-word'].map((part) => getComputedStyle(inside(element, `#im ${part}`)).color);
    expect(looks()).to.deep.equal([true, true]);
    expect(shown(element)).to.contain('Ready · not connected');
    expect(inside(element, '#im').getAttribute('aria-label')).to.contain('Ready · not connected');
    expect(getComputedStyle(inside(element, '#im path')).fill).to.equal('none');
    await expect(element).to.be.accessible();
    const past = colours();
    for (const status of ['degraded', 'ready'] as const) {
      fake.store.set('connection', { status, since: 0 });
      fake.store.flush();
      await element.updateComplete;
      expect(looks()).to.deep.equal([false, false]);
      expect(shown(element)).to.not.contain('not connected');
    }
    expect(colours()).to.not.deep.equal(past);
  });

  it('hides a channel without its right, and tells of a lost connection with a way out', async () => {
    const fake = fakeService({
      channels: READY,
      account: { ...KATE, rights: ['voice'] },
      connection: { status: 'reconnecting', since: 0, retryAt: Date.now() + 5000 },
    });
    const element = await mount<AgentStatus>(STATUS, fake);
    expect(element.renderRoot.querySelector('#im')).to.equal(null);
    expect(shown(element)).to.contain('Connection lost. Next attempt in');
    inside(element, '.connection button').click();
    expect(fake.commands).to.deep.equal([['reconnect']]);
  });
});
