import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/im-window/im-window.define.js';
import '../../../src/components/case-panel/case-panel.define.js';
import { emit } from '../../../src/components/internal/events.js';
import type { ImTranscript } from '../../../src/components/im-transcript/im-transcript.js';
import type { ImWindow } from '../../../src/components/im-window/im-window.js';
import type { ImSession } from '../../../src/services/index.js';
import { ServiceError } from '../../../src/services/service-error.js';
import { fakeService, inside, KATE, mount, shown, type Answers, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { CASE, invitation, JOHN, line, session, transcript } from '../../support/people.js';

function desk(shownSession: ImSession = session(), answers: Answers = {}): FakeService {
  return fakeService(
    {
      sessions: ['s1'],
      windows: ['s1'],
      activeWindow: 's1',
      'session:s1': shownSession,
      'transcript:s1': transcript(line('m1', 'Hello Kate')),
      'case:s1': CASE,
    },
    answers,
  );
}

const show = (fake: FakeService, wide = 640): Promise<ImWindow> =>
  mount<ImWindow>(html`<im-window session-id="s1"></im-window>`, fake).then((element) => {
    element.style.setProperty('inline-size', `${wide}px`);
    return element;
  });

const buttons = (element: ImWindow): string[] =>
  [...element.renderRoot.querySelectorAll('button:not(.tab, .icon-button)')].map((one) => one.textContent.trim());

function press(element: ImWindow, words: string): void {
  const found = [...element.renderRoot.querySelectorAll('button')].filter((one) => one.textContent.trim() === words).at(-1);
  if (!found) throw new Error(`no button "${words}": ${buttons(element).join(', ')}`);
  found.click();
}

const given = (fake: FakeService, name: string): unknown[][] =>
  fake.commands.filter(([command]) => command === name).map(([, ...args]) => args);

const STATES: readonly (readonly [ImSession['status'], string, readonly string[]])[] = [
  ['not-connected', 'Not Connected', ['Done']],
  ['establishing', 'Establishing', ['End IM']],
  ['connected', 'Connected', ['End IM']],
  ['ended', 'Ended', ['Done']],
];

describe('<im-window>', () => {
  for (const [status, words, actions] of STATES) {
    it(`is accessible and shows ${words}, with ${actions.join()}`, async () => {
      const element = await show(desk(session({ status, ...(status === 'ended' ? { endedAt: Date.now() } : {}) })));
      expect(inside(element, '[part="status"]').textContent).to.equal(words);
      expect(buttons(element)).to.deep.equal(actions);
      await expect(element).to.be.accessible();
    });
  }

  it('says who, what kind, the login and how long', async () => {
    const element = await show(desk());
    expect(inside(element, '.name').textContent).to.equal('John Davis');
    expect(inside(element, '.sub').textContent).to.match(/^Internal instant messaging · john · 00:00:5\d$/);
  });

  it('shows the sign of a skill until a person has accepted for it, then that person', async () => {
    const target = { type: 'skill', address: 'sip:networks@deskside.test', name: 'Networks' } as const;
    const asked = session({ target, peer: { address: target.address, user: 'networks', name: 'Networks' }, status: 'establishing' });
    const fake = desk(asked);
    const element = await show(fake);
    expect(inside(element, '.avatar').textContent.trim()).to.equal('');
    fake.store.set('session:s1', { ...asked, peer: JOHN, status: 'connected' });
    await waitUntil(() => inside(element, '.avatar').textContent.trim() === 'JD');
  });

  it('shows every party of more than two', async () => {
    const kim = { address: 'sip:kim@deskside.test', name: 'Kim Lee', user: 'kim' };
    const element = await show(desk(session({ parties: [JOHN, kim] })), 280);
    const parties = [...element.renderRoot.querySelectorAll('[aria-label="Connected parties"] li span:last-child')];
    expect(parties.map((party) => party.textContent)).to.deep.equal(['John Davis', 'Kim Lee']);
    expect(element.scrollWidth).to.be.at.most(280);
    await expect(element).to.be.accessible();
    const alone = await show(desk(session()));
    expect(alone.renderRoot.querySelector('.parties')).to.equal(null);
  });

  it('keeps the whole time once it ended', async () => {
    const now = Date.now();
    const element = await show(desk(session({ status: 'ended', connectedAt: now - 3_661_000, endedAt: now })));
    expect(inside(element, '.elapsed').textContent).to.equal('01:01:01');
  });

  it('shows the active window of this tab without a session id', async () => {
    const element = await mount<ImWindow>(html`<im-window></im-window>`, desk());
    expect(shown(element)).to.contain('John Davis');
  });

  it('is empty and harmless without a session, and inert without a service', async () => {
    expect(shown(await show(fakeService()))).to.equal('No sessions');
    const alone = await mount<ImWindow>(html`<im-window></im-window>`);
    expect(shown(alone)).to.contain('no provider');
  });

  it('takes no more room than its words where there is nothing to show', async () => {
    const element = await show(desk());
    expect(element.offsetHeight).to.be.greaterThan(300);
    element.sessionId = 'gone';
    await element.updateComplete;
    expect(element.offsetHeight).to.be.lessThan(120);
  });

  it('keeps the focus of a keyboard on its button: End IM, then Done', async () => {
    const fake = desk();
    const element = await show(fake);
    inside<HTMLElement>(element, '.actions .button').focus();
    fake.store.set('session:s1', session({ status: 'ended', endedAt: Date.now(), outcome: { code: 'ended', own: true } }));
    await waitUntil(() => buttons(element).join() === 'Done');
    expect(inside(element, ':focus').textContent.trim()).to.equal('Done');
  });

  it('is put away and comes back from the tray, into view and with the focus; not where the page shows it in its own place', async () => {
    const fake = desk();
    const element = await show(fake);
    inside<HTMLElement>(element, '[aria-label="Minimise; the session goes on"]').click();
    expect(given(fake, 'view.minimise')).to.deep.equal([['s1']]);
    const field = document.createElement('input');
    document.body.append(field);
    const ask = (sessionId: string): boolean => emit(field, 'imopen', { sessionId });
    field.focus();
    ask('s2');
    expect(document.activeElement).to.equal(field);
    ask('s1');
    expect(document.activeElement).to.equal(element);
    fake.store.set('windows', []);
    await waitUntil(() => !element.renderRoot.querySelector('.header .icon-button'));
    field.remove();
  });

  it('lets transcripts be taken out only as the host says', async () => {
    const fake = desk();
    fake.store.set('account', { ...KATE, rights: [...KATE.rights, 'transcript-export'] });
    const element = await show(fake);
    const offered = (): boolean =>
      inside<ImTranscript>(element, 'im-transcript').renderRoot.querySelector('[aria-label="Copy the transcript"]') !== null;
    expect(offered()).to.be.false;
    element.export = 'copy';
    await waitUntil(offered);
  });

  it('says in shape and word how the other one is, where that is known', async () => {
    const fake = desk();
    const element = await show(fake);
    expect(element.renderRoot.querySelector('.avatar .glyph, .avatar svg')).to.equal(null);
    fake.store.set(`presence:${JOHN.address}`, { state: 'ready', channels: {}, since: 1 });
    await waitUntil(() => shown(element).includes('Ready'));
    fake.store.set(`presence:${JOHN.address}`, { state: 'unknown', channels: {}, since: 1 });
    await waitUntil(() => !shown(element).includes('Ready'));
  });

  it('watches the presence of the other one while the session lives, whoever else does', async () => {
    const fake = desk();
    const element = await show(fake);
    const watches = () => fake.commands.filter(([command]) => command === 'presence.watch');
    expect(watches().map(([, addresses]) => addresses)).to.deep.equal([[JOHN.address]]);
    const signal = watches()[0]?.[2] as AbortSignal;
    expect(signal.aborted).to.equal(false);
    element.remove();
    expect(signal.aborted).to.equal(true);
  });

  it('ends once, and shows Ended only when the wire says so', async () => {
    const fake = desk();
    const element = await show(fake);
    press(element, 'End IM');
    press(element, 'End IM');
    expect(given(fake, 'im.end')).to.deep.equal([['s1']]);
    expect(inside(element, '[part="status"]').textContent).to.equal('Connected');
  });

  it('asks before ending where the host wants it', async () => {
    const fake = desk();
    const element = await show(fake);
    element.askBeforeEnd = true;
    press(element, 'End IM');
    await element.updateComplete;
    expect(given(fake, 'im.end')).to.deep.equal([]);
    await expect(element).to.be.accessible();
    press(element, 'End IM');
    expect(given(fake, 'im.end')).to.deep.equal([['s1']]);
  });

  it('lets the agent close when the switch does not answer', async () => {
    const fake = desk(session(), { 'im.end': () => Promise.reject(new ServiceError('timeout', 'No answer to BYE.')) });
    const element = await show(fake);
    press(element, 'End IM');
    await waitUntil(() => shown(element).includes('The switch does not answer'));
    press(element, 'Close anyway');
    expect(given(fake, 'im.close')).to.deep.equal([['s1']]);
    fake.store.set('session:s1', session({ status: 'ended', endedAt: Date.now() }));
    await waitUntil(() => !shown(element).includes('Close anyway'), 'the other side ended it meanwhile');
  });

  it('offers single messages where the other device could not take a session', async () => {
    const outcome = { code: 'unsupported', by: JOHN, own: false } as const;
    const fake = desk(session({ status: 'ended', endedAt: Date.now(), outcome }));
    const element = await show(fake);
    await expect(element).to.be.accessible();
    press(element, 'Send as single messages');
    expect(given(fake, 'im.goOnInSingleMessages')).to.deep.equal([['s1']]);
    fake.store.set('session:s1', session({ status: 'ended', endedAt: Date.now(), outcome: { code: 'busy' } }));
    await waitUntil(() => !shown(element).includes('Send as single messages'));
  });

  it('lets the agent close as soon as the switch takes longer than it should, and not before', async () => {
    const real = globalThis.setTimeout;
    const late: (() => void)[] = [];
    globalThis.setTimeout = ((work: () => void, ms?: number) => (ms === 3000 ? late.push(work) : real(work, ms))) as typeof setTimeout;
    try {
      const fake = desk(session({ pending: 'ending' }), { 'im.end': () => new Promise<void>(() => undefined) });
      const element = await show(fake);
      expect(shown(element)).not.to.contain('Close anyway');
      for (const work of late) work();
      await element.updateComplete;
      await expect(element).to.be.accessible();
      press(element, 'Close anyway');
      expect(given(fake, 'im.close')).to.deep.equal([['s1']]);
    } finally {
      globalThis.setTimeout = real;
    }
  });

  it('forbids ending without the right, and says why', async () => {
    const fake = desk();
    fake.store.set('account', { ...KATE, rights: ['im-use', 'im-make'] });
    const element = await show(fake);
    const end = inside<HTMLButtonElement>(element, '.actions button');
    expect([end.disabled, end.title]).to.deep.equal([true, 'Your role does not allow this.']);
  });

  it('is done: tells, closes and forgets', async () => {
    const fake = desk(session({ status: 'ended', endedAt: Date.now() }));
    const element = await show(fake);
    const event = oneEvent(element, 'imdone');
    press(element, 'Done');
    expect((await event).detail).to.deep.equal({ sessionId: 's1' });
    expect(given(fake, 'im.close')).to.deep.equal([['s1']]);
  });

  it('shows an invitation without accepting it, with Accept and Reject', async () => {
    const fake = desk(invitation());
    const element = await show(fake);
    expect(buttons(element)).to.deep.equal(['Accept', 'Reject']);
    press(element, 'Accept');
    expect(given(fake, 'im.accept')).to.deep.equal([['s1']]);
    expect(given(fake, 'im.read')).to.deep.equal([]);
  });

  it('has the case at the side when there is room, and as a tab when there is not', async () => {
    const element = await show(desk(session({ origin: 'consultation', interaction: CASE.interaction })));
    const visible = (selector: string): boolean => inside(element, selector).checkVisibility();
    expect([visible('case-panel'), visible('im-transcript'), visible('.tabs')]).to.deep.equal([true, true, false]);
    element.style.setProperty('inline-size', '300px');
    expect([visible('case-panel'), visible('im-transcript'), visible('.tabs')]).to.deep.equal([false, true, true]);
    const [talk, about] = element.renderRoot.querySelectorAll<HTMLElement>('.tab');
    talk?.focus();
    talk?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
    await waitUntil(() => about?.matches(':focus'));
    expect([talk?.tabIndex, about?.tabIndex]).to.deep.equal([-1, 0]);
    expect([visible('case-panel'), visible('im-transcript')]).to.deep.equal([true, false]);
    about?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, composed: true }));
    await waitUntil(() => visible('im-transcript'));
    talk?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, composed: true }));
    await element.updateComplete;
    expect(visible('im-transcript'), 'Home at the first').to.equal(true);
    press(element, 'Case');
    await element.updateComplete;
    expect([visible('case-panel'), visible('im-transcript')]).to.deep.equal([true, false]);
    expect(element.scrollWidth).to.be.at.most(300);
  });

  it('takes the focus only when a person opened it', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await show(desk());
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('shows nothing without the right to use instant messaging', async () => {
    const fake = desk();
    fake.store.set('account', { ...KATE, rights: [] });
    expect(shown(await show(fake))).to.equal('');
  });

  it('leaves nothing behind', async () => {
    expect(await leaks(() => Object.assign(document.createElement('im-window'), { sessionId: 's1' }), desk())).to.deep.equal([]);
  });
});
