/** End IM that nobody answers: the window offers a way out then, and only then. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../src/components/im-window/im-window.define.js';
import { agent, everybodyLeaves } from '../support/agent.js';
import { testNetwork, type OpenSocket } from '../support/network.js';
import { onEverySwitch } from '../support/switches.js';

/** Long enough for the window to lose its patience, ms. */
const LIMIT = 60_000;

await onEverySwitch('An end that the switch does not answer', (on) => {
  afterEach(everybodyLeaves);

  it('can be closed all the same, once it has taken too long, and not before', async () => {
    let isLosing = true;
    let lost = 0;
    const open: OpenSocket = (url, protocols) => {
      const socket = on.open(url, protocols);
      const send = socket.send.bind(socket);
      socket.send = (data) => {
        if (isLosing && typeof data === 'string' && data.startsWith('BYE ')) lost += 1;
        else send(data);
      };
      return socket;
    };
    const kate = await agent('kate', { on, network: testNetwork(open) });
    const john = await agent('john', { on });
    kate.writesTo('john', 'hello');
    await john.isInvitedBy('kate');
    await john.accepts();
    const { id } = await kate.sees('Connected');

    const element = document.createElement('im-window');
    element.service = kate.service;
    element.setAttribute('session-id', id);
    document.body.append(element);
    await element.updateComplete;
    const button = (name: string): HTMLButtonElement | undefined =>
      [...element.renderRoot.querySelectorAll('button')].find((one) => one.textContent.trim() === name);
    expect(button('Close anyway')).to.equal(undefined);
    button('End IM')?.click();
    await waitUntil(() => lost > 0, 'the BYE that is lost', { timeout: LIMIT });
    expect(kate.session.status).to.equal('connected');
    await waitUntil(() => button('Close anyway'), 'the way out', { timeout: LIMIT });
    button('Close anyway')?.click();
    await waitUntil(() => !kate.service.snapshot.get('sessions')?.includes(id), 'the window to be gone', { timeout: LIMIT });
    isLosing = false;
    element.remove();
  }).timeout(2 * LIMIT);
});
