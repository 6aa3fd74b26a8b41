import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-tray/im-tray.define.js';
import type { ImTray } from '../../../src/components/im-tray/im-tray.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { fakeService, inside, KATE, mount, shown, type Answers, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { invitation, JOHN, line, session, transcript } from '../../support/people.js';

const KIM = { address: 'sip:kim@deskside.test', name: 'Kim Lee', user: 'kim' };

function desk(answers: Answers = {}): FakeService {
  const missed = invitation({ id: 's3', peer: KIM, status: 'ended', endedAt: Date.now(), outcome: { code: 'no-answer' }, unread: 1 });
  return fakeService(
    {
      sessions: ['s1', 's2', 's3', 's4'],
      'session:s1': session({ unread: 3 }),
      'session:s2': invitation({ id: 's2' }),
      'session:s3': missed,
      'session:s4': session({ id: 's4', status: 'ended', endedAt: Date.now(), outcome: { code: 'ended' } }),
      'transcript:s3': transcript(line('m1', 'Can you call me?', { from: KIM })),
    },
    { 'im.open': () => 'new', ...answers },
  );
}

const show = (fake: FakeService): Promise<ImTray> => mount<ImTray>(html`<im-tray></im-tray>`, fake);

const entries = (element: ImTray): HTMLButtonElement[] => [...element.renderRoot.querySelectorAll<HTMLButtonElement>('.open')];
const action = (element: ImTray, label: string): HTMLButtonElement => inside<HTMLButtonElement>(element, `[aria-label="${label}"]`);
const given = (fake: FakeService, name: string): unknown[][] =>
  fake.commands.filter(([command]) => command === name).map(([, ...args]) => args);

describe('<im-tray>', () => {
  it('is accessible, with sessions and without', async () => {
    await expect(await show(desk())).to.be.accessible();
    const empty = await show(fakeService());
    expect(shown(empty)).to.equal('No sessions');
    await expect(empty).to.be.accessible();
  });

  it('labels by login name, and says state, unread and waiting to everybody', async () => {
    const element = await show(desk());
    expect([...element.renderRoot.querySelectorAll('.label')].map((label) => label.textContent)).to.deep.equal([
      'john',
      'john',
      'kim',
      'john',
    ]);
    const names = entries(element).map((entry) => entry.querySelector('.visually-hidden')?.textContent ?? '');
    expect(names[0]).to.equal(', Open John Davis, Connected, 3 unread messages');
    expect(names[1]).to.contain('Waiting for your answer');
    expect(names[2]).to.contain('Missed');
    expect(names[3]).to.contain('Ended');
  });

  it('colours who waits long', async () => {
    const fake = fakeService({ sessions: ['s2'], 'session:s2': invitation({ id: 's2', openedAt: Date.now() - 30_000 }) });
    const element = await show(fake);
    expect(inside(element, '.item').classList.contains('late')).to.be.true;
  });

  it('says who is typing', async () => {
    const fake = desk();
    fake.store.set('typing:s1', [JOHN]);
    const element = await show(fake);
    expect(entries(element)[0]?.textContent).to.contain('John Davis is typing…');
    expect(entries(element)[0]?.querySelector('[aria-hidden]:not(.badge)')).not.to.equal(null);
    expect(shown(element)).to.contain('typing…3');
  });

  it('opens a session, without accepting an invitation', async () => {
    const fake = desk();
    const element = await show(fake);
    const event = oneEvent(element, 'imopen');
    entries(element)[1]?.click();
    expect((await event).detail).to.deep.equal({ sessionId: 's2' });
    expect(given(fake, 'view.open')).to.deep.equal([['s2']]);
    expect(given(fake, 'im.accept')).to.deep.equal([]);
  });

  it('keeps the first message of a missed one, and replies with a new session', async () => {
    const fake = desk();
    const element = await show(fake);
    expect(shown(element)).to.contain('Can you call me?');
    const reply = [...element.renderRoot.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Reply');
    reply?.click();
    await waitUntil(() => given(fake, 'im.close').length === 1);
    expect(given(fake, 'im.open')).to.deep.equal([[{ type: 'agent', ...KIM }]]);
    expect(given(fake, 'view.open')).to.deep.equal([['new']]);
  });

  it('accepts what waits, from its entry: once, opened and told when the wire confirmed', async () => {
    let confirm = (): void => undefined;
    const fake = desk({ 'im.accept': () => new Promise<void>((resolve) => (confirm = resolve)) });
    const element = await show(fake);
    action(element, 'Accept John Davis').click();
    action(element, 'Accept John Davis').click();
    await element.updateComplete;
    expect(action(element, 'Accept John Davis').getAttribute('aria-busy')).to.equal('true');
    expect([given(fake, 'im.accept'), given(fake, 'view.open')]).to.deep.equal([[['s2']], []]);
    const event = oneEvent(element, 'imaccept');
    confirm();
    expect((await event).detail).to.deep.equal({ sessionId: 's2' });
    expect(given(fake, 'view.open')).to.deep.equal([['s2']]);
  });

  it('is done with one ended or missed session, from its entry', async () => {
    const fake = desk();
    const element = await show(fake);
    const event = oneEvent(element, 'imdone');
    action(element, 'Done with John Davis').click();
    expect((await event).detail).to.deep.equal({ sessionId: 's4' });
    action(element, 'Done with Kim Lee').click();
    await waitUntil(() => given(fake, 'im.close').length === 2);
    expect(given(fake, 'im.close')).to.deep.equal([['s4'], ['s3']]);
  });

  it('says why an action failed, beside the entry', async () => {
    const element = await show(desk({ 'im.accept': () => Promise.reject(new ServiceError('invalid-state', 'Over.')) }));
    action(element, 'Accept John Davis').click();
    await waitUntil(() => element.renderRoot.querySelector('.item.pending [role=alert]')?.textContent === 'This is not possible now.');
    await expect(element).to.be.accessible();
  });

  it('does not reply without the right, and says why', async () => {
    const fake = desk();
    fake.store.set('account', { ...KATE, rights: ['im-use'] });
    const element = await show(fake);
    const reply = action(element, 'Reply to Kim Lee');
    expect([reply.getAttribute('aria-disabled'), reply.title]).to.deep.equal(['true', 'Your role does not allow this.']);
    reply.click();
    expect(given(fake, 'im.open')).to.deep.equal([]);
  });

  it('is done with all ended ones, and with no other: not with a missed one that nobody has opened', async () => {
    const fake = desk();
    const element = await show(fake);
    const done = (): HTMLButtonElement | null => element.renderRoot.querySelector<HTMLButtonElement>('.all');
    expect(done()?.textContent.trim()).to.equal('Done all ended');
    done()?.click();
    await waitUntil(() => given(fake, 'im.close').length > 0);
    expect(given(fake, 'im.close')).to.deep.equal([['s4']]);
    fake.store.set('sessions', ['s3']);
    await waitUntil(() => done() === null);
    fake.store.set('session:s3', { ...invitation({ id: 's3', peer: KIM, status: 'ended', outcome: { code: 'no-answer' } }), unread: 0 });
    await waitUntil(() => done() !== null);
    done()?.click();
    await waitUntil(() => given(fake, 'im.close').length === 2);
    expect(given(fake, 'im.close')[1]).to.deep.equal(['s3']);
  });

  it('makes no place wider, however long what was missed is', async () => {
    const fake = desk();
    fake.store.set('transcript:s3', transcript(line('m1', 'Can you call me? '.repeat(20), { from: KIM })));
    const place = document.createElement('div');
    place.style.cssText = 'display: grid; inline-size: 260px';
    const element = await show(fake);
    element.before(place);
    place.append(element);
    expect(element.offsetWidth).to.be.at.most(260);
    expect(inside(element, '.words').offsetWidth).to.be.within(80, 260);
    place.remove();
  });

  it('is one stop of the Tab key, with arrow keys inside', async () => {
    const element = await show(desk());
    expect(entries(element).map((entry) => entry.tabIndex)).to.deep.equal([0, -1, -1, -1]);
    entries(element)[0]?.focus();
    entries(element)[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
    const active = (): Element | null => (element.renderRoot as ShadowRoot).activeElement;
    expect(active()).to.equal(entries(element)[1]);
    active()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
    expect(active()).to.equal(action(element, 'Accept John Davis'));
    expect(element.renderRoot.querySelectorAll('.items [tabindex="0"]')).to.have.length(1);
  });

  it('shows nothing without the right to use instant messaging', async () => {
    const fake = desk();
    fake.store.set('account', { ...KATE, rights: [] });
    expect(shown(await show(fake))).to.equal('');
  });

  it('shows calls that are not over, and asks for their controls', async () => {
    const fake = desk();
    const call = {
      id: 'c1',
      direction: 'incoming',
      role: 'plain',
      peer: KIM,
      parties: [],
      muted: false,
      heldByPeer: false,
      startedAt: 1,
    } as const;
    fake.store.set('calls', ['c1', 'c2']);
    fake.store.set('call:c1', { ...call, status: 'alerting' });
    fake.store.set('call:c2', { ...call, id: 'c2', status: 'ended' });
    const element = await show(fake);
    await expect(element).to.be.accessible();
    const shownCalls = [...element.renderRoot.querySelectorAll<HTMLElement>('.call')];
    expect(shownCalls).to.have.length(1);
    expect(shownCalls[0]?.textContent).to.contain('Call with Kim Lee, rings');
    const asked = oneEvent(element, 'callopen');
    shownCalls[0]?.querySelector('button')?.click();
    expect((await asked).detail).to.deep.equal({ callId: 'c1' });
    fake.store.set('call:c1', { ...call, status: 'held', connectedAt: Date.now() - 65_000 });
    await element.updateComplete;
    await waitUntil(() => /on hold, 00:01:0/.test(shown(element)));
  });

  it('leaves nothing behind', async () => {
    expect(await leaks(() => document.createElement('im-tray'), desk())).to.deep.equal([]);
  });
});
