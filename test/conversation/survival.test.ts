import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { memoryStorage, testNetwork } from '../support/network.js';
import { onEverySwitch } from '../support/switches.js';

await onEverySwitch('A session that is interrupted', (on) => {
  let kate: Agent;
  let john: Agent;

  beforeEach(async () => {
    kate = await agent('kate', { on });
    john = await agent('john', { on });
    kate.writesTo('john', 'hello');
    await john.isInvitedBy('kate');
    await john.accepts();
    await kate.sees('Connected');
  });

  afterEach(everybodyLeaves);

  /** The connection comes back without waiting for the back-off. */
  async function isBack(who: Agent): Promise<void> {
    who.service.reconnect();
    await who.isOnline();
  }

  it('goes on after the caller lost the connection; what was written meanwhile arrives once', async () => {
    kate.network.down();
    await kate.isTold('resuming');
    kate.writes('written in the dark');
    kate.network.up();
    await isBack(kate);
    await john.reads('written in the dark');
    await kate.seesOwn('written in the dark', 'delivered');
    john.writes('got it');
    await kate.reads('got it');
    expect(john.received()).to.deep.equal(['hello', 'written in the dark']);
    expect(kate.session.resuming ?? false).to.equal(false);
  });

  it('goes on after the callee lost the connection; what was written to them is held and sent again', async () => {
    john.network.down();
    await john.isTold('resuming');
    kate.writes('are you there?');
    await kate.seesOwn('are you there?', 'sending');
    john.network.up();
    await isBack(john);
    await john.reads('are you there?');
    await kate.seesOwn('are you there?', 'delivered');
    expect(john.received()).to.deep.equal(['hello', 'are you there?']);
  });

  it('goes on after both were cut in the middle of many messages', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `n${index}`);
    for (const text of texts) kate.writes(text);
    await john.reads('n5');
    kate.network.cut();
    await john.reads('n20');
    john.network.cut();
    await john.reads('n59');
    expect(john.received().slice(1)).to.deep.equal(texts);
  });

  it('goes on after the switch was restarted', async function () {
    this.timeout(60_000);
    await on.restart();
    await Promise.all([kate.until('the loss', () => kate.service.snapshot.get('connection')?.status !== 'ready'), john.isTold('resuming')]);
    await Promise.all([isBack(kate), isBack(john)]);
    kate.writes('still here');
    await john.reads('still here');
    john.writes('me too');
    await kate.reads('me too');
    expect(john.received()).to.deep.equal(['hello', 'still here']);
  });

  it('is over for who stays when the other has ended it in the dark', async () => {
    john.network.down();
    await john.isTold('resuming');
    await john.ends();
    await john.sees('Ended');
    john.network.up();
    await isBack(john);
    kate.writes('anyone?');
    await kate.until('the end', () => kate.session.resuming);
  });

  describe('where there are no locks, and a second page is the same device', () => {
    let storage: ReturnType<typeof memoryStorage>;

    beforeEach(() => (storage = memoryStorage()));

    const page = (): Promise<Agent> => {
      const network = testNetwork(on.open, storage);
      const { locks, ...environment } = network.environment;
      expect(locks).to.not.equal(undefined);
      return agent('siobhan', { on, network: { ...network, environment } });
    };
    const isReplaced = (one: Agent): Promise<boolean> =>
      one.until('being replaced', () => one.service.snapshot.get('connection')?.status === 'replaced');

    it('is no secret to the first one, which takes its place back only when a person wants it', async () => {
      const [first, second] = [await page(), await page()];
      await isReplaced(first);
      first.service.reconnect();
      await isReplaced(second);
      await first.isOnline();
      first.writesTo('john', 'it is me');
      await john.isInvitedBy('siobhan');
    });

    it('is found out by the first one as it comes back, where nobody could tell it', async () => {
      const first = await page();
      first.network.down();
      await first.until('the loss', () => first.service.snapshot.get('connection')?.status === 'reconnecting');
      const second = await page();
      first.network.up();
      first.service.reconnect();
      await isReplaced(first);
      second.writesTo('john', 'it is me');
      await john.isInvitedBy('siobhan');
    });
  });
});
