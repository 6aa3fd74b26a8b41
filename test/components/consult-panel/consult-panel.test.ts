import { expect, waitUntil } from '@open-wc/testing';
import type { ConsultPanel } from '../../../src/components/consult-panel/consult-panel.js';
import type { TeamCommunicator } from '../../../src/components/team-communicator/team-communicator.js';
import type { DesksideEvent } from '../../../src/components/internal/events.js';
import type { Interaction, TargetRef } from '../../../src/services/index.js';
import { inside, KATE, shown } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { CASE, JOHN, session } from '../../support/people.js';
import { warnings } from '../../support/warnings.js';
import { CALL, consultation, desk, show, TARGET } from './support.js';

const button = (element: ConsultPanel): HTMLButtonElement => inside<HTMLButtonElement>(element, '.start');
const windows = (element: ConsultPanel): (string | null)[] =>
  [...element.renderRoot.querySelectorAll('im-window')].map((one) => one.getAttribute('session-id'));
const visible = (element: ConsultPanel): string[] =>
  [...element.renderRoot.querySelectorAll<HTMLElement>('.one')]
    .filter((one) => one.checkVisibility())
    .map((one) => one.dataset['id'] ?? '');

/** Presses Start Consultation and chooses an action on a target, as the communicator tells it. */
async function choose(element: ConsultPanel, action = 'consult-im', target: TargetRef = TARGET): Promise<CustomEvent> {
  button(element).click();
  await element.updateComplete;
  const event = new CustomEvent('targetaction', { detail: { action, target }, bubbles: true, composed: true, cancelable: true });
  inside(element, 'team-communicator').dispatchEvent(event);
  await element.updateComplete;
  return event;
}

describe('<consult-panel>', () => {
  it('is accessible, empty, with the communicator open, and with two consultations', async () => {
    const element = await show(desk([consultation('s1'), consultation('s2', { status: 'not-connected', unread: 2 })]), CALL);
    await expect(element).to.be.accessible();
    button(element).click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('opens the Team Communicator for consulting, and closes it with Escape', async () => {
    const element = await show(desk(), CALL);
    expect(button(element).textContent.trim()).to.equal('Start Consultation');
    button(element).click();
    await element.updateComplete;
    const communicator = inside<TeamCommunicator>(element, 'team-communicator');
    expect(communicator.mode).to.equal('consult');
    expect(communicator.interaction?.id).to.equal('i1');
    await waitUntil(() => element.renderRoot instanceof ShadowRoot && element.renderRoot.activeElement === communicator);
    communicator.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
    await element.updateComplete;
    expect(element.renderRoot.querySelector('team-communicator')).to.equal(null);
    expect(button(element).getAttribute('aria-expanded')).to.equal('false');
    expect((element.renderRoot as ShadowRoot).activeElement).to.equal(button(element));
  });

  it('opens a session about the interaction without a window elsewhere, and remembers the target', async () => {
    const fake = desk();
    const element = await show(fake, CALL);
    await choose(element);
    const [open] = fake.commands.filter(([name]) => name === 'im.open');
    expect(open?.[1]).to.deep.equal(TARGET);
    expect((open?.[2] as { show: boolean }).show).to.equal(false);
    expect((open?.[2] as { interaction: Interaction }).interaction.id).to.equal('i1');
    expect(fake.service.preferences.recents()).to.have.length(1);
    expect(element.renderRoot.querySelector('team-communicator')).to.equal(null);
  });

  it('leaves it to the host where the host says so, and tells the page once', async () => {
    const fake = desk();
    const element = await show(fake, CALL);
    const heard: DesksideEvent<'targetaction'>[] = [];
    element.addEventListener('targetaction', (event) => {
      heard.push(event);
      event.preventDefault();
    });
    await choose(element);
    expect(heard.map(({ detail }) => detail)).to.deep.equal([{ action: 'consult-im', target: TARGET, interactionId: 'i1' }]);
    expect(fake.commands.some(([name]) => name === 'im.open')).to.equal(false);
  });

  it('says why a consultation cannot begin', async () => {
    const { ServiceError } = await import('../../../src/services/service-error.js');
    const refuse = (): never => {
      throw new ServiceError('not-allowed', 'no right');
    };
    const element = await show(desk([], { 'im.open': refuse }), CALL);
    await choose(element);
    await element.updateComplete;
    expect(inside(element, '[role="alert"]').textContent).to.contain('Your role does not allow this');
  });

  it('shows the conversations of its own interaction only, and none that others began', async () => {
    const element = await show(
      desk([
        consultation('s1'),
        consultation('other', { interaction: { ...CASE.interaction, id: 'i2' } }),
        consultation('incoming', { direction: 'incoming' }),
        session({ id: 'plain' }),
      ]),
      CALL,
    );
    expect(windows(element)).to.deep.equal(['s1']);
  });

  it('shows one of several where it is narrow, all side by side where it is wide', async () => {
    const aki = { address: 'sip:aki@deskside.test', name: 'Aki Mori', user: 'aki' };
    const element = await show(desk([consultation('s1'), consultation('s2', { peer: aki })]), CALL);
    expect(windows(element)).to.deep.equal(['s1', 's2']);
    expect(visible(element)).to.deep.equal(['s2']);
    const [john] = element.renderRoot.querySelectorAll<HTMLElement>('.picker .chip');
    john?.click();
    await element.updateComplete;
    expect(visible(element)).to.deep.equal(['s1']);
    element.style.setProperty('inline-size', '900px');
    expect(visible(element)).to.deep.equal(['s1', 's2']);
    expect(inside(element, '.picker').checkVisibility()).to.equal(false);
    element.style.setProperty('inline-size', '280px');
    expect(element.scrollWidth).to.be.at.most(280);
  });

  it('shows a call with the IM that it grew out of, and the call on top; another one by itself', async () => {
    const fake = desk([consultation('s1')]);
    Object.defineProperty(fake.service.calls, 'sound', { value: { isHere: () => true, level: () => 0 } });
    const about = { role: 'consultation', direction: 'outgoing', status: 'connected', interaction: CASE.interaction } as const;
    const plain = { parties: [], muted: false, heldByPeer: false, startedAt: 2000, peer: JOHN } as const;
    fake.store.set('call:c1', { id: 'c1', ...about, ...plain, sessionId: 's1' });
    fake.store.set('call:c2', { id: 'c2', ...about, ...plain, peer: { ...JOHN, name: 'Aki Mori', address: 'sip:aki@deskside.test' } });
    fake.store.set('calls', ['c1']);
    const element = await show(fake, CALL);
    expect(visible(element)).to.deep.equal(['s1']);
    expect(element.renderRoot.querySelector('.picker'), 'one person, no choice').to.equal(null);
    const [im, call] = [inside(element, 'im-window'), inside(element, 'voice-call')];
    expect(call.getBoundingClientRect().top).to.be.lessThan(im.getBoundingClientRect().top);
    fake.store.set('calls', ['c1', 'c2']);
    await waitUntil(() => element.renderRoot.querySelectorAll('.picker .chip').length === 2);
    await expect(element).to.be.accessible();
  });

  it('brings forward what was opened in the tray', async () => {
    const fake = desk([consultation('s1'), consultation('s2')]);
    const element = await show(fake, CALL);
    fake.store.set('activeWindow', 's1');
    await waitUntil(() => visible(element)[0] === 's1');
  });

  it('keeps conversations when it is hidden, moved, or given the interaction again', async () => {
    const element = await show(desk([consultation('s1')]), CALL);
    const before = inside(element, 'im-window');
    element.hidden = true;
    element.hidden = false;
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await element.updateComplete;
    expect(inside(element, 'im-window')).to.equal(before);
    element.interaction = undefined;
    await element.updateComplete;
    expect(windows(element)).to.deep.equal([]);
    element.interaction = { ...CALL };
    await element.updateComplete;
    expect(windows(element)).to.deep.equal(['s1']);
    elsewhere.remove();
  });

  it('shows what the colleague will see, with masked values and what is kept back', async () => {
    const fake = desk([consultation('s1', { status: 'not-connected' })]);
    fake.store.set('case:s1', { ...CASE, data: [...CASE.data, { key: 'card', label: 'Card', value: '••••••' }] });
    Object.assign(fake.service.config, { caseSharing: { keys: ['card'] } });
    const element = await show(fake, CALL);
    const preview = inside<HTMLDetailsElement>(element, '.preview');
    expect(preview.open).to.equal(true);
    const words = preview.textContent.replace(/\s+/g, ' ');
    expect(words).to.contain('What John Davis will see: 4 entries, 1 kept back');
    expect(words).to.contain('•••••• masked').and.to.contain('Not sent: Reason');
    expect(shown(element)).not.to.contain('4111');
  });

  it('tells running consultations of a changed case once, and again when the connection is back', async () => {
    const { ServiceError } = await import('../../../src/services/service-error.js');
    let fails = true;
    const updateCase = (): Promise<void> => (fails ? Promise.reject(new ServiceError('unreachable', 'away')) : Promise.resolve());
    const fake = desk([consultation('s1'), consultation('over', { status: 'ended' })], { 'im.updateCase': updateCase });
    fake.store.set('case:s1', { ...CASE, data: [{ key: 'reason', label: 'Reason', value: 'Broken TV' }] });
    const about = (value: string): Interaction => ({ ...CALL, caseData: [{ key: 'reason', label: 'Reason', value }] });
    const told = (): unknown[] => fake.commands.filter(([name]) => name === 'im.updateCase').map(([, id, data]) => [id, data]);
    const element = await show(fake, about('Broken TV'));
    expect(told()).to.deep.equal([]);
    element.interaction = about('New TV');
    await element.updateComplete;
    element.requestUpdate();
    await element.updateComplete;
    const update = ['s1', about('New TV').caseData];
    expect(told()).to.deep.equal([update]);
    fails = false;
    fake.store.set('connection', { status: 'ready', since: 5 });
    await waitUntil(() => told().length === 2);
    expect(told()).to.deep.equal([update, update]);
    fake.store.set('connection', { status: 'ready', since: 6 });
    await element.updateComplete;
    expect(told()).to.have.length(2);
  });

  it('says that the colleague does not have the latest change, until they have it', async () => {
    const { ServiceError } = await import('../../../src/services/service-error.js');
    let fails = true;
    const updateCase = (): Promise<void> => (fails ? Promise.reject(new ServiceError('unreachable', 'away')) : Promise.resolve());
    const fake = desk([consultation('s1')], { 'im.updateCase': updateCase });
    const element = await show(fake, { ...CALL, caseData: [{ key: 'reason', label: 'Reason', value: 'New TV' }] });
    await waitUntil(() => shown(element).includes('John Davis does not have the latest change'));
    fails = false;
    fake.store.set('connection', { status: 'ready', since: 5 });
    await waitUntil(() => !shown(element).includes('does not have the latest change'));
  });

  it('says that a device takes no changes, and does not promise to try again', async () => {
    const { ServiceError } = await import('../../../src/services/service-error.js');
    const refuse = (): Promise<void> => Promise.reject(new ServiceError('unsupported', 'not taken'));
    const element = await show(desk([consultation('s1')], { 'im.updateCase': refuse }), { ...CALL, caseData: [] });
    await waitUntil(() => shown(element).includes('John Davis’s device does not take changes of the case information'));
    expect(shown(element)).not.to.contain('does not have the latest change');
  });

  it('says that a device which takes sessions takes no case, and sends it none', async () => {
    const fake = desk([consultation('s1', { withoutCase: true })]);
    const element = await show(fake, CALL);
    expect(inside(element, '.preview').textContent).to.contain('John Davis’s device takes no case information');
    expect(shown(element)).not.to.contain('plain text only').and.not.to.contain('What John Davis was sent');
    element.interaction = { ...CALL, caseData: [] };
    await element.updateComplete;
    expect(fake.commands.some(([name]) => name === 'im.updateCase')).to.equal(false);
  });

  it('says that no case reaches a device of plain text, and sends it none', async () => {
    const fake = desk([consultation('s1', { plain: true })]);
    const element = await show(fake, CALL);
    expect(inside(element, '.preview').textContent).to.contain(
      'John Davis’s device shows plain text only. The case information does not reach it',
    );
    expect(shown(element)).not.to.contain('What John Davis was sent');
    element.interaction = { ...CALL, caseData: [] };
    await element.updateComplete;
    expect(fake.commands.some(([name]) => name === 'im.updateCase')).to.equal(false);
  });

  it('takes the medium of the screen for an interaction that does not say its own', async () => {
    const fake = desk();
    const element = await show(fake, undefined);
    element.setAttribute('media', 'email');
    await element.updateComplete;
    expect(shown(element)).to.contain('E-mail: There is no interaction to consult about');
    const { media: _media, ...rest } = CALL;
    element.interaction = rest as Interaction;
    await element.updateComplete;
    expect(shown(element)).to.contain('E-mail: Broken TV');
    await choose(element);
    const [open] = fake.commands.filter(([name]) => name === 'im.open');
    expect((open?.[2] as { interaction: Interaction }).interaction.media).to.equal('email');
    element.interaction = CALL;
    await element.updateComplete;
    expect(shown(element)).to.contain('Voice: Broken TV');
  });

  it('warns once of a medium that is none, and goes on without', async () => {
    const element = await show(desk(), CALL);
    const heard = await warnings(async () => {
      element.setAttribute('media', 'fax');
      await element.updateComplete;
      element.requestUpdate();
      await element.updateComplete;
    });
    expect(heard).to.have.length(1);
    expect(heard[0]).to.contain('media must be one of voice, email, chat, workitem');
    expect(shown(element)).to.contain('Voice: Broken TV');
  });

  it('begins no further consultation once the interaction has ended, and keeps those that run', async () => {
    const element = await show(desk([consultation('s1')]), { ...CALL, ended: true });
    expect(button(element).disabled).to.equal(true);
    expect(shown(element)).to.contain('The interaction has ended. Its consultations go on until you end them.');
    expect(windows(element)).to.deep.equal(['s1']);
  });

  for (const [name, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'i1'],
    ['a list', []],
    ['no id', { media: 'voice' }],
    ['a getter that throws', Object.defineProperty({}, 'id', { get: () => expect.fail('asked') })],
  ] as const) {
    it(`survives ${name} as interaction, and starts nothing`, async () => {
      const element = await show(desk(), value);
      expect(button(element).disabled).to.equal(true);
      expect(shown(element)).to.contain('There is no interaction to consult about');
    });
  }

  it('shows nothing without the rights', async () => {
    const fake = desk([consultation('s1')]);
    fake.store.set('account', { ...KATE, rights: [] });
    expect(shown(await show(fake, CALL))).to.equal('');
  });

  it('leaves nothing behind', async () => {
    const make = (): ConsultPanel => Object.assign(document.createElement('consult-panel'), { interaction: CALL });
    expect(await leaks(make, desk([consultation('s1')]))).to.deep.equal([]);
  });
});
