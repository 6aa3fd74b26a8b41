import { expect } from '@open-wc/testing';
import type { Channels } from '../../../../src/services/domain/channel.js';
import { ServiceError } from '../../../../src/services/service-error.js';
import type { EngineContext } from '../../../../src/services/protocol/engine-part.js';
import { Bench, CONFIG, settled } from '../fakes.js';

/** The code with which a promise rejects. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error as ServiceError).code,
  );
}

describe('The own channels', () => {
  const im = (bench: Bench) => bench.state.read('channels')?.im;

  it('are pending until the switch has confirmed', async () => {
    const bench = new Bench();
    bench.engine.configure(CONFIG);
    await Promise.resolve();
    await Promise.resolve();
    expect(im(bench)).to.deep.equal({ state: 'logged-off', pending: 'ready' });
    await settled();
    expect(im(bench)).to.deep.equal({ state: 'ready', since: bench.clock.now });
  });

  it('register the feature tag of each channel, and none without', async () => {
    const bench = await new Bench().start({ autoLogin: ['im', 'voice'] });
    await bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'logged-off' });
    await bench.engine.execute({ type: 'channel.set', channel: 'voice', setting: 'logged-off' });
    expect(bench.gateway.registrations).to.deep.equal([['+sip.message', 'audio'], ['audio'], []]);
    expect(im(bench)?.state).to.equal('logged-off');
  });

  it('keep the reason of Not Ready, and since when', async () => {
    const bench = await new Bench().start();
    await bench.clock.pass(5000);
    await bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'not-ready', reason: 'Lunch' });
    expect(im(bench)).to.deep.equal({ state: 'not-ready', reason: 'Lunch', since: bench.clock.now });
  });

  it('are what they were when the switch refuses', async () => {
    const bench = await new Bench().start();
    bench.gateway.registerAnswers = [503];
    expect(await codeOf(bench.engine.execute({ type: 'channel.set', channel: 'voice', setting: 'ready' }))).to.equal('unreachable');
    expect(bench.state.read('channels')?.voice).to.deep.equal({ state: 'logged-off' });
  });

  it('wait for the agreement of every part', async () => {
    const asked: Channels[] = [];
    let refuses = false;
    const part = {
      onChannelsChanged: (channels: Channels): Promise<void> => {
        asked.push(channels);
        return refuses ? Promise.reject(new ServiceError('unreachable', 'PUBLISH failed.')) : Promise.resolve();
      },
    };
    const bench = await new Bench({ parts: [() => part] }).start();
    expect(asked.at(-1)?.im.state).to.equal('ready');
    refuses = true;
    expect(await codeOf(bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'not-ready' }))).to.equal('unreachable');
    expect(im(bench)?.state).to.equal('ready');
    expect(im(bench)?.pending).to.equal(undefined);
  });

  it('exclude instant messaging from an outbound campaign', async () => {
    const bench = await new Bench().start({ outboundCampaign: 'Spring', autoLogin: ['im', 'voice'] });
    expect(bench.errors.map(({ code }) => code)).to.deep.equal(['outbound-campaign']);
    expect(im(bench)?.state).to.equal('logged-off');
    expect(bench.state.read('channels')?.voice.state).to.equal('ready');
    expect(await codeOf(bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'ready' }))).to.equal('outbound-campaign');
    await bench.engine.execute({ type: 'account.update', outboundCampaign: null });
    await bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'ready' });
    expect(im(bench)?.state).to.equal('ready');
  });

  it('leave instant messaging when a campaign begins all the same, and say so once', async () => {
    const bench = await new Bench().start({ autoLogin: ['im', 'voice'] });
    bench.engine.configure({ ...CONFIG, autoLogin: ['im', 'voice'], outboundCampaign: 'Spring' });
    await settled();
    bench.engine.configure({ ...CONFIG, autoLogin: ['im', 'voice'], outboundCampaign: 'Spring' });
    await settled();
    expect(bench.errors.map(({ code }) => code)).to.deep.equal(['outbound-campaign']);
    expect(im(bench)).to.deep.include({ state: 'logged-off' });
    expect(bench.state.read('channels')?.voice.state).to.equal('ready');
    expect(bench.gateway.registrations.at(-1)).to.deep.equal(['audio']);
  });

  it('leave instant messaging too when another tab tells of the campaign', async () => {
    const bench = await new Bench().start();
    await bench.engine.execute({ type: 'account.update', outboundCampaign: 'Spring' });
    await settled();
    expect(im(bench)?.state).to.equal('logged-off');
  });

  it('need their right', async () => {
    const bench = await new Bench().start({ rights: ['im-use'], autoLogin: ['im'] });
    expect(await codeOf(bench.engine.execute({ type: 'channel.set', channel: 'voice', setting: 'ready' }))).to.equal('not-allowed');
  });

  it('cannot be set without a connection, and wait for the first', async () => {
    const bench = new Bench();
    bench.prepare = (gateway) => (gateway.reachable = false);
    await bench.start({ autoLogin: [] });
    expect(await codeOf(bench.engine.execute({ type: 'channel.set', channel: 'im', setting: 'ready' }))).to.equal('unreachable');
    const other = new Bench();
    other.engine.configure({ ...CONFIG, autoLogin: [] });
    await Promise.resolve();
    await other.engine.execute({ type: 'channel.set', channel: 'im', setting: 'ready' });
    expect(im(other)?.state).to.equal('ready');
  });

  it('come back with the connection', async () => {
    const bench = await new Bench().start();
    await bench.gateway.lose();
    await bench.clock.pass(5000);
    expect(im(bench)?.state).to.equal('ready');
    expect(bench.gateway.registrations.at(-1)).to.deep.equal(['+sip.message']);
  });

  it('are Busy while a part says so, and what was set before afterwards', async () => {
    const asked: Channels[] = [];
    let setBusy: EngineContext['setBusy'] = () => Promise.resolve();
    const bench = await new Bench({
      parts: [
        (context) => {
          setBusy = context.setBusy;
          return { onChannelsChanged: (channels) => Promise.resolve(void asked.push(channels)) };
        },
      ],
    }).start({ autoLogin: ['voice'] });
    const voice = () => bench.state.read('channels')?.voice;
    await bench.engine.execute({ type: 'channel.set', channel: 'voice', setting: 'not-ready', reason: 'Lunch' });
    await bench.clock.pass(5000);
    const told = asked.length;
    await setBusy('voice', true);
    await setBusy('voice', true);
    expect(voice()).to.deep.equal({ state: 'busy', since: bench.clock.now });
    expect(asked.slice(told).map((channels) => channels.voice.state)).to.deep.equal(['busy']);
    await setBusy('voice', false);
    expect(voice()).to.deep.equal({ state: 'not-ready', reason: 'Lunch', since: bench.clock.now });
  });

  it('are not Busy on a channel that is logged off, and stay Busy through a lost connection', async () => {
    let setBusy: EngineContext['setBusy'] = () => Promise.resolve();
    const bench = await new Bench({
      parts: [(context) => ((setBusy = context.setBusy), {})],
    }).start();
    await setBusy('voice', true);
    expect(bench.state.read('channels')?.voice.state).to.equal('logged-off');
    await bench.engine.execute({ type: 'channel.set', channel: 'voice', setting: 'ready' });
    expect(bench.state.read('channels')?.voice.state).to.equal('busy');
    await bench.gateway.lose();
    await bench.clock.pass(5000);
    expect(bench.state.read('channels')?.voice.state).to.equal('busy');
  });

  it('refuse what is no channel or setting', async () => {
    const bench = await new Bench().start();
    const wrong = { type: 'channel.set', channel: 'fax', setting: 'ready' } as never;
    expect(await codeOf(bench.engine.execute(wrong))).to.equal('configuration');
  });
});
