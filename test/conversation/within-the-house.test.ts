import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

await onEverySwitch('Sessions within the own house', (on) => {
  afterEach(everybodyLeaves);

  const foreign = { address: 'sip:eve@elsewhere.test', name: 'Eve' };

  it('go to no foreign domain; where the page allows it the switch refuses, and says "not allowed"', async () => {
    const kate = await agent('kate', { on });
    expect(codeOf(() => kate.writesTo('eve', 'hi', { target: foreign }))).to.equal('not-allowed');
    expect(kate.sessions).to.have.length(0);
    kate.service.configure({ internalDomains: ['deskside.test', 'elsewhere.test'] });
    kate.writesTo('eve', 'hi', { target: foreign });
    await kate.isTold('ended.not-allowed');
    await kate.seesOwn('hi', 'failed');
  });

  it('are refused for an account without instant messaging, from its first moment on', async () => {
    const john = await agent('john', { on, rights: ['voice'], autoLogin: ['im', 'voice'], patient: true });
    await john.until('voice', () => john.service.snapshot.get('channels')?.voice.state === 'ready');
    expect(john.errors.map(({ code }) => code)).to.deep.equal(['not-allowed']);
    const kate = await agent('kate', { on });
    kate.writesTo('john', 'hi');
    await kate.isTold('ended.not-allowed');
    expect(kate.session.outcome?.status).to.equal(603);
    expect(john.sessions).to.have.length(0);
    expect(codeOf(() => john.writesTo('kate', 'hi'))).to.equal('not-allowed');
  });

  it('show who the switch vouches for, whatever name the caller gives themselves', async () => {
    const kate = await agent('kate', { on, displayName: 'Mary Major <sip:mary@deskside.test>' });
    const john = await agent('john', { on });
    kate.writesTo('john', 'hi');
    const session = await john.isInvitedBy('kate');
    expect(session.peer.address).to.equal('sip:kate@deskside.test');
    expect(session.peer.user).to.equal('kate');
  });
});
