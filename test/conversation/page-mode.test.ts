import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves } from '../support/agent.js';
import { phone, type Phone } from '../support/phone.js';
import { onEverySwitch } from '../support/switches.js';

await onEverySwitch('A device that knows single messages only', (on) => {
  let telephone: Phone;

  afterEach(async () => {
    await telephone.hangsUp();
    await everybodyLeaves();
  });

  it('writes to an agent, who accepts and answers', async () => {
    const kate = await agent('kate', { on });
    telephone = await phone('john', on);
    expect(await telephone.writes('kate', 'help, “bitte” 🙂')).to.equal(200);
    const session = await kate.isInvitedBy('john');
    expect(session.page).to.equal(true);
    expect(await telephone.writes('kate', 'hello?')).to.equal(200);
    await kate.reads('hello?');
    await kate.accepts();
    kate.writes('what is it?');
    await kate.seesOwn('what is it?', 'delivered');
    expect(telephone.texts).to.deep.equal([{ from: 'sip:kate@deskside.test', text: 'what is it?' }]);
    await kate.ends();
    await kate.sees('Ended');
  });

  it('is refused by an agent who may not, or does not want to', async () => {
    const kate = await agent('kate', { on, rights: ['voice'], patient: true });
    telephone = await phone('john', on);
    await kate.isOnline();
    expect(await telephone.writes('kate', 'hi')).to.equal(603);
    kate.service.configure({ rights: ['im-use', 'im-make', 'im-release'] });
    await kate.service.channels.set('im', 'do-not-disturb');
    expect(await telephone.writes('kate', 'hi')).to.equal(486);
    expect(kate.sessions).to.have.length(0);
  });

  for (const refuses of [415, 488, 500]) {
    it(`refuses a session with ${refuses}; single messages reach it, and its first answer connects`, async () => {
      telephone = await phone('john', on, refuses);
      const kate = await agent('kate', { on });
      const id = kate.writesTo('john', 'can you help?');
      await kate.isTold('ended.unsupported');
      await kate.service.im.goOnInSingleMessages(id);
      await kate.seesOwn('can you help?', 'delivered');
      await kate.sees('Establishing');
      expect(telephone.texts.map(({ text }) => text)).to.deep.equal(['can you help?']);
      await telephone.writes('kate', 'yes');
      await kate.sees('Connected');
      expect(kate.received()).to.deep.equal(['yes']);
    });
  }
});
