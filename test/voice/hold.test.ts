import { expect, waitUntil } from '@open-wc/testing';
import { everybodyLeaves } from '../support/agent.js';
import { onEverySwitch } from '../support/switches.js';
import { talking } from './caller.js';

await onEverySwitch('Hold, mute and tones', (on) => {
  afterEach(everybodyLeaves);

  it('puts on hold when the other side has confirmed it: neither hears the other, both are told', async () => {
    const [kate, john] = await talking(on);
    await kate.phone.hears(john.phone.tone);
    const holding = kate.service.calls.hold(kate.call.id);
    await kate.seesThat('the wish', ({ pending, status }) => pending === 'holding' && status === 'connected');
    await holding;
    expect(kate.call).to.deep.include({ status: 'held', heldByPeer: false });
    await john.seesThat('being on hold', ({ heldByPeer, status }) => heldByPeer && status === 'connected');
    const before = await john.phone.packets();
    await Promise.all([kate.phone.hearsNot(john.phone.tone), john.phone.hearsNot(kate.phone.tone)]);
    await kate.service.calls.resume(kate.call.id);
    expect((await john.phone.packets()).received - before.received, 'no packet of the one who holds').to.be.lessThan(12);
    await john.seesThat('being taken back', ({ heldByPeer }) => !heldByPeer);
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
  });

  it('is held by both, and comes back only when both have resumed', async () => {
    const [kate, john] = await talking(on);
    await kate.service.calls.hold(kate.call.id);
    await john.seesThat('being on hold', ({ heldByPeer }) => heldByPeer);
    await john.service.calls.hold(john.call.id);
    await kate.seesThat('both on hold', ({ heldByPeer, status }) => heldByPeer && status === 'held');
    expect(john.call).to.deep.include({ status: 'held', heldByPeer: true });
    await kate.service.calls.resume(kate.call.id);
    expect(kate.call).to.deep.include({ status: 'connected', heldByPeer: true });
    await john.seesThat('being taken back', ({ heldByPeer }) => !heldByPeer);
    await kate.phone.hearsNot(john.phone.tone);
    await john.service.calls.resume(john.call.id);
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
  });

  it('survives both pressing Hold at the same moment', async () => {
    const [kate, john] = await talking(on);
    await Promise.all([kate.service.calls.hold(kate.call.id), john.service.calls.hold(john.call.id)]);
    await kate.seesThat('both on hold', ({ heldByPeer, status }) => heldByPeer && status === 'held');
    await john.seesThat('both on hold', ({ heldByPeer, status }) => heldByPeer && status === 'held');
    await kate.service.calls.resume(kate.call.id);
    await john.service.calls.resume(john.call.id);
    await Promise.all([kate.phone.hears(john.phone.tone), john.phone.hears(kate.phone.tone)]);
  });

  it('is muted for the other side alone', async () => {
    const [kate, john] = await talking(on);
    await john.phone.hears(kate.phone.tone);
    await kate.service.calls.mute(kate.call.id, true);
    expect(kate.call.muted).to.equal(true);
    await john.phone.hearsNot(kate.phone.tone);
    await kate.phone.hears(john.phone.tone);
    await kate.service.calls.mute(kate.call.id, false);
    await john.phone.hears(kate.phone.tone);
  });

  it('sends tones in the sound, and refuses what is none', async () => {
    const [kate, john] = await talking(on);
    // Before sound flows, a tone may go by INFO.
    await john.phone.receives();
    const sender = kate.phone.connections[0]?.getSenders()[0]?.dtmf;
    const sent: string[] = [];
    sender?.addEventListener('tonechange', ({ tone }) => sent.push(tone));
    await kate.service.calls.dtmf(kate.call.id, '1');
    await kate.service.calls.dtmf(kate.call.id, '#');
    await waitUntil(() => sent.includes('#'), 'the tones', { timeout: 10_000 });
    expect(sent.filter(Boolean).join('')).to.equal('1#');
    const code = await kate.service.calls.dtmf(kate.call.id, 'hello').catch((error: unknown) => (error as { code: string }).code);
    expect(code).to.equal('configuration');
    expect(JSON.stringify(kate.agent.events), 'tones are nowhere in the events').not.to.contain('dtmf');
  });

  it('changes the microphone while it goes on, and measures its level', async () => {
    const [kate, john] = await talking(on);
    await john.phone.hears(kate.phone.tone);
    await kate.service.calls.sound.useMicrophone('another');
    await john.phone.receives(30);
    await john.phone.hears(kate.phone.tone);
    expect((await kate.service.calls.sound.devices()).microphone).to.equal('another');
  });
});
