import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/components/voice-call/voice-call.define.js';
import type { VoiceCall } from '../../../src/components/voice-call/voice-call.js';
import { ServiceError, type Call, type CallSound } from '../../../src/services/index.js';
import { fakeService, inside, mount, shown, type Answers, type FakeService } from '../../support/elements.js';
import { leaks } from '../../support/leaks.js';
import { JOHN } from '../../support/people.js';

/** Sound that is here, of a steady level. */
const SOUND: CallSound = {
  level: () => 0.5,
  isHere: (id) => id !== 'elsewhere',
  devices: () =>
    Promise.resolve({
      microphones: [{ id: 'm1', label: 'Headset' }],
      speakers: [{ id: 's1', label: 'Loudspeaker' }],
      microphone: '',
      speaker: 's1',
    }),
  useMicrophone: () => Promise.resolve(),
  useSpeaker: () => Promise.reject(new ServiceError('media', 'no')),
  allow: () => Promise.resolve(),
};

/** A call that is up. */
function call(more: Partial<Call> = {}): Call {
  return {
    id: 'c1',
    direction: 'outgoing',
    role: 'plain',
    status: 'connected',
    peer: JOHN,
    parties: [],
    muted: false,
    heldByPeer: false,
    startedAt: Date.now() - 60_000,
    connectedAt: Date.now() - 51_000,
    ...more,
  };
}

const desk = (calls: readonly Call[], answers: Answers = {}): FakeService => {
  const fake = fakeService(
    { calls: calls.map(({ id }) => id), ...Object.fromEntries(calls.map((one) => [`call:${one.id}`, one])) },
    answers,
  );
  Object.defineProperty(fake.service.calls, 'sound', { value: SOUND });
  return fake;
};

const show = (fake: FakeService): Promise<VoiceCall> => mount<VoiceCall>(html`<voice-call></voice-call>`, fake);
const button = (element: VoiceCall, name: string): HTMLButtonElement => {
  const all = [...element.renderRoot.querySelectorAll('button')];
  const found = all.find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name);
  if (!found) throw new Error(`There is no button ${name}, but ${all.map(({ textContent }) => textContent.trim()).join(', ')}`);
  return found;
};
const buttonNames = (element: VoiceCall): string[] =>
  [...element.renderRoot.querySelectorAll('.controls button')].map(({ textContent }) => textContent.trim());

describe('<voice-call>', () => {
  it('is accessible in every state, with keypad and choice of devices open', async () => {
    for (const status of ['dialling', 'ringing', 'alerting', 'connected', 'held', 'ended'] as const) {
      const element = await show(desk([call({ status, outcome: { code: 'no-answer' } })]));
      await expect(element).to.be.accessible();
    }
    const open = await show(desk([call({ heldByPeer: true, trouble: 'autoplay-blocked' }), call({ id: 'c2' })]));
    open.renderRoot.querySelectorAll<HTMLButtonElement>('.controls button').forEach((one) => /Keypad/.test(one.textContent) && one.click());
    await open.updateComplete;
    await expect(open).to.be.accessible();
    button(open, 'Sound').click();
    await waitUntil(() => open.renderRoot.querySelector('select'));
    await expect(open).to.be.accessible();
  });

  it('is empty without calls, and inert without a provider', async () => {
    expect(shown(await show(desk([])))).to.equal('');
    expect(shown(await mount<VoiceCall>(html`<voice-call></voice-call>`))).to.contain('Not connected to the contact centre');
  });

  it('shows who, the state and the time, and offers what fits the state', async () => {
    const element = await show(desk([call()]));
    expect(shown(element)).to.contain('John Davis');
    expect(shown(element)).to.match(/00:00:5\d/);
    expect(inside(element, '[part=status]').textContent).to.equal('Connected');
    expect(buttonNames(element)).to.deep.equal(['Mute', 'Hold', 'Keypad', 'Sound', 'End']);
    expect(buttonNames(await show(desk([call({ status: 'alerting' })])))).to.deep.equal(['Answer', 'Reject']);
    expect(buttonNames(await show(desk([call({ status: 'ringing' })])))).to.deep.equal(['Sound', 'End']);
    const { connectedAt: _none, ...ended } = call({ status: 'ended', outcome: { code: 'busy' } });
    const over = await show(desk([ended]));
    expect(inside(over, '[part=status]').textContent).to.equal('Busy');
    expect(buttonNames(over)).to.deep.equal(['Call again', 'Done']);
  });

  it('marks the presence of whom it is with while the call lasts and it is known, and never asks "?"', async () => {
    const fake = desk([call()]);
    fake.store.set(`presence:${JOHN.address}`, { state: 'busy', channels: {}, since: 1 });
    const element = await show(fake);
    const marks = (): number => element.renderRoot.querySelectorAll('.presence').length;
    expect(marks()).to.equal(1);
    fake.store.set(`presence:${JOHN.address}`, { state: 'unknown', channels: {}, since: 1 });
    await waitUntil(() => marks() === 0);
    fake.store.set(`presence:${JOHN.address}`, { state: 'ready', channels: {}, since: 1 });
    await waitUntil(() => marks() === 1);
    fake.store.set('call:c1', call({ status: 'ended', outcome: { code: 'ended' } }));
    await waitUntil(() => marks() === 0);
  });

  it('shows a call that rings beside the one that is up', async () => {
    const element = await show(desk([call(), call({ id: 'c2', status: 'alerting' })]));
    expect(element.renderRoot.querySelectorAll('[part=call]')).to.have.length(2);
    const fake = desk([call(), call({ id: 'c2', status: 'alerting' })]);
    const one = await mount<VoiceCall>(html`<voice-call call-id="c2"></voice-call>`, fake);
    expect(one.renderRoot.querySelectorAll('[part=call]')).to.have.length(1);
    button(one, 'Answer').click();
    expect(fake.commands).to.deep.equal([['calls.answer', 'c2']]);
  });

  it('shows a call that rings above those that are over', async () => {
    const over = call({ status: 'ended', outcome: { code: 'no-answer' } });
    const element = await show(desk([over, call({ id: 'c2', status: 'alerting', direction: 'incoming' })]));
    const order = [...element.renderRoot.querySelectorAll<HTMLElement>('[data-call]')].map(({ dataset }) => dataset['call']);
    expect(order).to.deep.equal(['c2', 'c1']);
  });

  it('flips nothing before it is confirmed', async () => {
    let confirm: () => void = () => undefined;
    const fake = desk([call()], { 'calls.hold': () => new Promise<void>((resolve) => (confirm = resolve)) });
    const element = await show(fake);
    button(element, 'Hold').click();
    await element.updateComplete;
    expect(button(element, 'Hold').getAttribute('aria-busy')).to.equal('true');
    expect(inside(element, '[part=status]').textContent).to.equal('Connected');
    button(element, 'Hold').click();
    fake.store.set('call:c1', call({ status: 'held' }));
    confirm();
    await waitUntil(() => buttonNames(element).includes('Resume'));
    expect(fake.commands.filter(([name]) => name === 'calls.hold')).to.have.length(1);
    expect(inside(element, '[part=status]').textContent).to.equal('On hold');
  });

  it('says that a command failed, and what the matter with the sound is', async () => {
    const fake = desk([call()], { 'calls.hold': () => Promise.reject(new ServiceError('unreachable', 'x')) });
    const element = await show(fake);
    button(element, 'Hold').click();
    await waitUntil(() => element.renderRoot.querySelector('[role=alert]'));
    expect(inside(element, '[role=alert]').textContent.trim()).to.contain('The switch cannot be reached');
    for (const trouble of ['microphone-refused', 'microphone-missing', 'microphone-busy', 'ice-failed', 'insecure'] as const) {
      fake.store.set('call:c1', call({ trouble }));
      await element.updateComplete;
      await waitUntil(() => element.renderRoot.querySelectorAll('[role=alert]').length > 1);
    }
  });

  it('presses keys by mouse and keyboard, and shows how many, never which', async () => {
    const fake = desk([call()]);
    const element = await show(fake);
    inside(element, '[part=call]').dispatchEvent(new KeyboardEvent('keydown', { key: '5' }));
    expect(fake.commands, 'not while the keypad is closed').to.deep.equal([]);
    button(element, 'Keypad').click();
    await element.updateComplete;
    button(element, 'Key 1').click();
    inside(element, '[part=call]').dispatchEvent(new KeyboardEvent('keydown', { key: '#' }));
    inside(element, '[part=call]').dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }));
    await element.updateComplete;
    expect(fake.commands).to.deep.equal([
      ['calls.dtmf', 'c1', '1'],
      ['calls.dtmf', 'c1', '#'],
    ]);
    expect(inside(element, '.pressed').textContent).to.equal('••');
    inside(element, '[part=call]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[part=keypad]')).to.equal(null);
  });

  it('chooses devices, and says where one cannot be used', async () => {
    const element = await show(desk([call()]));
    button(element, 'Sound').click();
    await waitUntil(() => element.renderRoot.querySelectorAll('select').length === 2);
    const speaker = [...element.renderRoot.querySelectorAll('select')][1];
    expect(speaker?.value).to.equal('s1');
    speaker?.dispatchEvent(new Event('change'));
    await waitUntil(() => element.renderRoot.querySelector('[role=alert]'));
  });

  it('draws the level of the microphone, and stops where it is muted', async () => {
    const fake = desk([call()]);
    const element = await show(fake);
    await waitUntil(() => inside(element, '[data-level]').style.getPropertyValue('--_part') === '0.50');
    fake.store.set('call:c1', call({ muted: true }));
    await waitUntil(() => !element.renderRoot.querySelector('[data-level]'));
    expect(button(element, 'Unmute').getAttribute('aria-pressed')).to.equal('true');
  });

  it('says that the sound is in another window, where it is', async () => {
    const element = await show(desk([call({ id: 'elsewhere' })]));
    expect(shown(element)).to.contain('This call is in another window');
    expect(button(element, 'Mute').getAttribute('aria-disabled')).to.equal('true');
  });

  it('offers what a consultation needs, and the contact beside it', async () => {
    const contact = call({
      id: 'contact',
      role: 'contact',
      status: 'held',
      peer: { address: 'sip:avril@deskside.test', name: 'Avril Mai', user: 'avril' },
    });
    const partner = call({ id: 'partner', role: 'consultation', contactId: 'contact' });
    const fake = desk([contact, partner]);
    const element = await mount<VoiceCall>(html`<voice-call call-id="partner"></voice-call>`, fake);
    await expect(element).to.be.accessible();
    expect(shown(element)).to.match(/Avril Mai\s*On hold/);
    expect(buttonNames(element)).to.deep.equal(['Mute', 'Alternate', 'Transfer', 'Conference', 'Keypad', 'Sound', 'End']);
    for (const name of ['Alternate', 'Transfer', 'Conference']) {
      button(element, name).click();
      await element.updateComplete;
    }
    expect(fake.commands).to.deep.equal([
      ['calls.alternate', 'partner'],
      ['calls.completeTransfer', 'contact', 'partner'],
      ['calls.completeConference', 'contact', 'partner'],
    ]);
  });

  it('tells that the partner did not answer, and retrieves the contact with one click', async () => {
    const contact = call({ id: 'contact', role: 'contact', status: 'held' });
    const partner = call({ id: 'partner', role: 'consultation', contactId: 'contact', status: 'ended', outcome: { code: 'no-answer' } });
    const fake = desk([contact, partner]);
    const element = await mount<VoiceCall>(html`<voice-call call-id="partner"></voice-call>`, fake);
    expect(inside(element, '[part=status]').textContent).to.equal('No answer');
    button(element, 'Retrieve').click();
    expect(fake.commands).to.deep.equal([['calls.retrieve', 'contact']]);
    const own = await mount<VoiceCall>(html`<voice-call call-id="contact"></voice-call>`, fake);
    button(own, 'Retrieve').click();
    expect(fake.commands.at(-1)).to.deep.equal(['calls.retrieve', 'contact']);
  });

  it('offers what a host’s telephone can, and says what it cannot', async () => {
    const host = call({ id: 'host:1', line: 'host', role: 'contact', can: { hold: true, end: true } });
    expect(buttonNames(await show(desk([host])))).to.deep.equal(['Hold', 'End']);
    const partner = call({ id: 'p', role: 'consultation', contactId: 'host:1' });
    const element = await mount<VoiceCall>(html`<voice-call call-id="p"></voice-call>`, desk([{ ...host, status: 'held' }, partner]));
    expect(button(element, 'Conference').title).to.equal('The two calls are on different telephones');
    expect(button(element, 'Transfer').getAttribute('aria-disabled')).to.equal('true');
  });

  it('shows the parties of a conference, and leaves out consultations that are shown elsewhere', async () => {
    const interaction = { id: 'i1', media: 'voice' as const, label: 'x' };
    const all = [call({ parties: [JOHN, { ...JOHN, name: 'Aki Mori' }] }), call({ id: 'c2', role: 'consultation', interaction })];
    const element = await mount<VoiceCall>(html`<voice-call without-consultations></voice-call>`, desk(all));
    expect(shown(element)).to.contain('Conference: John Davis, Aki Mori');
    expect(element.renderRoot.querySelectorAll('[part=call]')).to.have.length(1);
  });

  it('leaves nothing behind', async () => {
    const fake = desk([call(), call({ id: 'c2', status: 'alerting' })]);
    expect(await leaks(() => document.createElement('voice-call'), fake)).to.deep.equal([]);
  });

  it('has the focus in the search box as soon as it is open; Escape closes it and gives the focus back', async () => {
    // Last of all: once it is defined, every call offers it.
    await import('../../../src/components/team-communicator/team-communicator.define.js');
    const element = await show(desk([call()], { 'directory.search': () => ({ hits: [], total: 0 }) }));
    button(element, 'Consult or transfer').click();
    await waitUntil(() => element.renderRoot.querySelector('team-communicator:focus-within') !== null);
    inside(element, '.finder').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    await waitUntil(() => element.renderRoot.querySelector('.finder') === null);
    await waitUntil(() => (element.renderRoot as ShadowRoot).activeElement?.textContent.trim() === 'Consult or transfer');
  });
});
