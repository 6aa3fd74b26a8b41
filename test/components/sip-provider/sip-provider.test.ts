import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../src/components/sip-provider/sip-provider.define.js';
import '../../../src/components/agent-status/agent-status.define.js';
import type { AgentStatus } from '../../../src/components/agent-status/agent-status.js';
import type { SipProvider } from '../../../src/components/sip-provider/sip-provider.js';
import { fakeService, shown } from '../../support/elements.js';
import { warnings } from '../../support/warnings.js';

const READY = { im: { state: 'ready' }, voice: { state: 'ready' } } as const;

describe('<sip-provider>', () => {
  it('has no box of its own and leaves its content alone', async () => {
    const element = await fixture<SipProvider>(html`<sip-provider><p id="content">Hello</p></sip-provider>`);
    expect(element.shadowRoot).to.equal(null);
    expect(element.querySelector('#content')?.textContent).to.equal('Hello');
    await expect(element).to.be.accessible();
  });

  it('shares its service with what is inside, what names it, and what comes later', async () => {
    const { service } = fakeService({ channels: READY });
    const holder = await fixture(
      html`<div>
        <agent-status provider="one"></agent-status><sip-provider id="one" .service=${service}><agent-status></agent-status></sip-provider>
      </div>`,
    );
    const late = document.createElement('agent-status');
    holder.querySelector('sip-provider')?.append(late);
    for (const element of holder.querySelectorAll<AgentStatus>('agent-status')) {
      await element.updateComplete;
      expect(element.activeService).to.equal(service);
      expect(shown(element)).to.contain('Ready');
    }
  });

  it('turns what happens in the service into events with plain frozen detail', async () => {
    const fake = fakeService();
    const element = await fixture<SipProvider>(html`<sip-provider .service=${fake.service}></sip-provider>`);
    const told = oneEvent(element, 'servicestate');
    fake.tell({ type: 'connection', at: 1, connection: { status: 'ready', since: 1 } });
    const { detail, bubbles } = await told;
    expect(detail).to.deep.equal({ status: 'ready', since: 1 });
    expect(Object.isFrozen(detail)).to.equal(true);
    expect(bubbles).to.equal(true);
  });

  it('makes a service from its attributes, in one configuration, and tells what is missing', async () => {
    const element = await fixture<SipProvider>(html`<sip-provider server="ws://127.0.0.1:9" address="not an address"></sip-provider>`);
    const error = oneEvent(element, 'serviceerror');
    expect(element.service.config.servers).to.deep.equal(['ws://127.0.0.1:9']);
    expect((await error).detail.code).to.equal('configuration');
  });

  it('switches read receipts and typing notices off and on while it is there', async () => {
    const element = await fixture<SipProvider>(html`<sip-provider without-read-receipts max-pending="3"></sip-provider>`);
    const config = (): unknown[] => {
      const { readReceipts, typingNotices, maxPending } = element.service.config;
      return [readReceipts, typingNotices, maxPending];
    };
    expect(config()).to.deep.equal([false, true, 3]);
    element.withoutReadReceipts = false;
    element.withoutTypingNotices = true;
    await element.updateComplete;
    expect(config()).to.deep.equal([true, false, 3]);
  });

  it('warns once of what makes no sense, and carries on', async () => {
    const said = await warnings(async () => {
      const element = await fixture<SipProvider>(html`<sip-provider invitation-timeout="soon" rights="im-use fly"></sip-provider>`);
      expect(element.service.config.invitationTimeout).to.equal(60);
      expect(element.service.config.rights).to.deep.equal(['im-use']);
    });
    expect(said.join('\n')).to.contain('invitation-timeout').and.to.contain('fly');
  });

  it('keeps its service while it is moved', async () => {
    const element = await fixture<SipProvider>(html`<sip-provider></sip-provider>`);
    const { service } = element;
    const place = document.createElement('div');
    document.body.append(place);
    place.append(element);
    expect(element.service).to.equal(service);
    place.remove();
  });
});
