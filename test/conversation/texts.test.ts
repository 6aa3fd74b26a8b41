import { expect } from '@open-wc/testing';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';

await onEverySwitch('What is said', (on) => {
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

  it('arrives as it was written', async () => {
    const texts = [
      'Zażółć gęślą jaźń, 山田 花子, ليلى حداد, 👩‍👩‍👧‍👦 🏳️‍🌈',
      '<b>not bold</b> & "quoted" \\ and \'single\'',
      'line one\nline two\r\nline three\ttabbed',
      '  spaces around  ',
      'Content-Type: text/plain\r\n\r\nno header',
      '--boundary--',
    ];
    for (const text of texts) kate.writes(text);
    await john.reads(texts.at(-1) ?? '');
    expect(john.received().slice(1)).to.deep.equal(texts);
  });

  it('loses nothing of a lone surrogate but itself', async () => {
    kate.writes('half \uD83D pair');
    await john.reads('half \uFFFD pair');
  });

  it('may be 32 KiB long, and no longer', async () => {
    const longest = 'ü'.repeat(16 * 1024);
    kate.writes(longest);
    await john.reads(longest);
    await kate.seesOwn(longest, 'delivered');
    expect(() => kate.writes(`${longest}x`))
      .to.throw()
      .with.property('code', 'too-long');
    expect(() => kate.writes(' \n '))
      .to.throw()
      .with.property('code', 'empty');
    expect(kate.messages()).to.have.length(2);
  });

  it('may be 32 KiB long in the invitation too', async () => {
    await kate.ends();
    await kate.service.im.close(kate.session.id);
    const longest = 'a'.repeat(32 * 1024);
    kate.writesTo('john', longest);
    await john.reads(longest);
  });

  it('arrives complete and in order, 1,000 from each side at once', async function () {
    this.timeout(240_000);
    const count = 1000;
    const numbers = Array.from({ length: count }, (_, index) => `message ${index}`);
    const everything = [kate, john].map(async (reader) => {
      const lines = (): number => reader.service.snapshot.get(`transcript:${reader.session.id}`)?.count ?? 0;
      const all = lines() + 2 * count;
      while (lines() < all) {
        const next = Math.min(all, lines() + 100);
        await reader.until(`line ${next} of ${all}`, () => lines() >= next);
      }
    });
    for (const text of numbers) {
      kate.writes(text);
      john.writes(text);
    }
    await Promise.all(everything);
    const last = `message ${count - 1}`;
    await Promise.all([kate.seesOwn(last, 'delivered'), john.seesOwn(last, 'delivered')]);
    expect(john.received().slice(1)).to.deep.equal(numbers);
    expect(kate.received()).to.deep.equal(numbers);
  });

  it('is told to be read once a person has seen it', async () => {
    kate.writes('seen?');
    await john.reads('seen?');
    await kate.seesOwn('seen?', 'delivered');
    expect(john.session.unread).to.equal(2);
    john.service.im.read(john.session.id);
    await kate.seesOwn('hello', 'read');
    await kate.seesOwn('seen?', 'read');
    expect(john.session.unread).to.equal(0);
  });

  it('is not told to be read where the host or the agent does not want that', async () => {
    const reads = async (text: string): Promise<void> => {
      kate.writes(text);
      await john.reads(text);
      john.service.im.read(john.session.id);
      john.writes(`yes, ${text}`);
      await kate.reads(`yes, ${text}`);
    };
    john.service.configure({ readReceipts: false });
    // The host's no is not the agent's to undo.
    await john.service.im.setNotice('read', true);
    await reads('one');
    await john.service.im.setNotice('read', false);
    john.service.configure({ readReceipts: true });
    await reads('two');
    expect(kate.messages().map(({ state }) => state)).not.to.include('read');
    await john.service.im.setNotice('read', true);
    await reads('three');
    await kate.seesOwn('three', 'read');
    expect(kate.messages().filter(({ state }) => state === 'read')).to.have.length(1);
  });

  it('asks for no receipt where its writer wants none', async () => {
    await kate.service.im.setNotice('read', false);
    kate.writes('quiet');
    await john.reads('quiet');
    await kate.service.im.setNotice('read', true);
    kate.writes('loud');
    await john.reads('loud');
    john.service.im.read(john.session.id);
    await kate.seesOwn('loud', 'read');
    expect(kate.messages().find(({ text }) => text === 'quiet')?.state).to.equal('delivered');
  });

  it('is not announced where the host or the agent does not want that', async () => {
    kate.service.configure({ typingNotices: false });
    kate.service.im.typing(kate.session.id, true);
    kate.writes('done');
    await john.reads('done');
    kate.service.configure({ typingNotices: true });
    await kate.service.im.setNotice('typing', false);
    kate.service.im.typing(kate.session.id, true);
    kate.writes('done again');
    await john.reads('done again');
    await kate.service.im.setNotice('typing', true);
    kate.service.im.typing(kate.session.id, true);
    await john.until('typing', () => john.service.snapshot.get(`typing:${john.session.id}`)?.length === 1);
    expect(john.events.filter(({ type }) => type === 'typing')).to.have.length(1);
  });

  it('is announced while it is typed', async () => {
    const { id } = john.session;
    kate.service.im.typing(kate.session.id, true);
    await john.until('typing', () => john.service.snapshot.get(`typing:${id}`)?.some(({ user }) => user === 'kate'));
    kate.writes('done');
    await john.reads('done');
    expect(john.service.snapshot.get(`typing:${id}`)).to.deep.equal([]);
    kate.service.im.typing(kate.session.id, true);
    await john.until('typing again', () => john.service.snapshot.get(`typing:${id}`)?.length === 1);
    kate.service.im.typing(kate.session.id, false);
    await john.until('idle', () => john.service.snapshot.get(`typing:${id}`)?.length === 0);
    kate.service.im.typing(kate.session.id, true);
    await john.until('typing a third time', () => john.service.snapshot.get(`typing:${id}`)?.length === 1);
    await kate.service.im.setNotice('typing', false);
    kate.service.im.typing(kate.session.id, true);
    await john.until('nothing any more', () => john.service.snapshot.get(`typing:${id}`)?.length === 0);
  });
});

await onEverySwitch('A consultation', (on) => {
  afterEach(everybodyLeaves);

  const interaction = {
    id: 'call-17',
    media: 'voice',
    label: 'Call of Ada Byron',
    party: 'Ada Byron',
    caseData: [
      { key: 'order', label: 'Order', value: '4711 – Größe „L“' },
      { key: 'card', label: 'Card', value: '4111 1111 1111 1111', sensitive: true },
    ],
    contact: { id: 'contact-9', name: 'Ada Byron' },
  } as const;

  it('brings the case with it, masked where it is sensitive, and its changes', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    kate.writesTo('john', 'what now?', { interaction });
    const session = await john.isInvitedBy('kate');
    expect(session.origin).to.equal('consultation');
    expect(session.interaction?.id).to.equal('call-17');
    const details = john.service.snapshot.get(`case:${session.id}`);
    expect(details?.data.map(({ key, value }) => [key, value])).to.deep.equal([
      ['order', '4711 – Größe „L“'],
      ['card', '••••••'],
    ]);
    expect(details?.contact?.ref).to.equal('contact-9');
    await john.accepts();
    await kate.sees('Connected');
    await kate.service.im.updateCase(kate.session.id, [{ key: 'order', label: 'Order', value: '4712' }]);
    await john.isTold('case-changed');
    expect(john.service.snapshot.get(`case:${session.id}`)).to.deep.include({ seq: 2, changed: ['order'] });
  });

  it('brings a case that does not fit beside a long message right after the acceptance', async () => {
    const kate = await agent('kate', { on });
    const john = await agent('john', { on });
    const caseData = Array.from({ length: 40 }, (_, index) => ({ key: `k${index}`, label: `Label ${index}`, value: 'v'.repeat(300) }));
    kate.writesTo('john', 'm'.repeat(32 * 1024), { interaction: { ...interaction, caseData } });
    const { id } = await john.isInvitedBy('kate');
    await john.accepts();
    await john.until('the case', () => john.service.snapshot.get(`case:${id}`)?.data.length === 40);
  });
});
