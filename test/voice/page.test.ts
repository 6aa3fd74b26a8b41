/** A call and the page that it is in. */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/components/voice-call/voice-call.define.js';
import type { VoiceCall } from '../../src/components/voice-call/voice-call.js';
import { everybodyLeaves } from '../support/agent.js';
import { memorySwitch, type TestSwitch } from '../support/switches.js';
import { talking, type Caller } from './caller.js';

/** Whether the page would ask before it is left. */
const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('A call and its page', () => {
  let on: TestSwitch;
  before(async () => {
    on = await memorySwitch();
  });
  afterEach(everybodyLeaves);

  async function shownTo(kate: Caller): Promise<VoiceCall> {
    const element = await fixture<VoiceCall>(html`<voice-call></voice-call>`);
    element.service = kate.service;
    await element.updateComplete;
    return element;
  }

  it('goes on while its element is moved, hidden and taken away', async () => {
    const [kate, john] = await talking(on);
    const element = await shownTo(kate);
    expect(element.renderRoot.querySelector('[part=status]')?.textContent).to.equal('Connected');
    const other = await fixture<HTMLElement>(html`<div hidden></div>`);
    other.append(element);
    await john.phone.receives();
    element.remove();
    await Promise.all([john.phone.receives(), kate.phone.receives()]);
    await Promise.all([john.phone.hears(kate.phone.tone), kate.phone.hears(john.phone.tone)]);
    expect([kate.call.status, john.call.status]).to.deep.equal(['connected', 'connected']);
    document.body.append(element);
    await waitUntil(() => element.renderRoot.querySelector('[part=status]')?.textContent === 'Connected');
    element.remove();
  });

  it('asks before it is left, only while there is a call, and ends the call when it is left', async () => {
    expect(asks()).to.equal(false);
    const [kate, john] = await talking(on);
    expect(asks()).to.equal(true);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(kate.call.pending, 'a page in the cache is not left').to.equal(undefined);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
    await kate.sees('ended');
    await john.sees('ended');
    expect(asks()).to.equal(false);
  });

  it('is brought into view from the tray', async () => {
    const [kate] = await talking(on);
    const element = await shownTo(kate);
    document.body.dispatchEvent(new CustomEvent('callopen', { detail: { callId: kate.call.id }, bubbles: true }));
    expect(element.renderRoot.querySelector('button:focus')?.textContent.trim()).to.equal('Mute');
  });
});
