import { expect } from '@open-wc/testing';
import type { MediaNews, MediaPlace, MediaPort, MediaReply, MediaRequest } from '../../../src/services/domain/call-media.js';
import { ServiceError } from '../../../src/services/index.js';
import { closeAll, Tab, until } from './fakes.js';

/** Sound that writes down what is asked of it. */
class ScriptedSound implements MediaPort {
  readonly asked: MediaRequest[] = [];
  tell: (news: MediaNews) => void = () => undefined;
  answer: () => Promise<MediaReply> = () => Promise.resolve({ sdp: 'v=0' });

  ask(_place: MediaPlace, request: MediaRequest): Promise<MediaReply> {
    this.asked.push(request);
    return this.answer();
  }

  listen(listener: (news: MediaNews) => void): void {
    this.tell = listener;
  }
}

describe('The sound of a call', () => {
  let leaderSound: ScriptedSound;
  let sound: ScriptedSound;
  let first: Tab;
  let second: Tab;

  beforeEach(async () => {
    leaderSound = new ScriptedSound();
    sound = new ScriptedSound();
    first = new Tab({}, leaderSound).join();
    await until('leading', () => first.leads);
    second = await new Tab({}, sound).join().follows();
  });

  afterEach(closeAll);

  const port = (): MediaPort => {
    const { media } = first.engine.host;
    if (!media) throw new Error('The leader has no way to the sound.');
    return media;
  };

  it('is asked for in the tab of the click, and answers from there', async () => {
    const reply = await port().ask({ mediaId: 'c1', tab: second.tab }, { type: 'offer', held: false });
    expect(reply).to.deep.equal({ sdp: 'v=0' });
    expect(sound.asked).to.deep.equal([{ type: 'offer', held: false }]);
    expect(leaderSound.asked).to.deep.equal([]);
  });

  it('is this tab’s own where no other is named', async () => {
    await port().ask({ mediaId: 'c1' }, { type: 'close' });
    await port().ask({ mediaId: 'c1', tab: first.tab }, { type: 'close' });
    expect(leaderSound.asked).to.have.length(2);
  });

  it('tells the engine what happens to it, wherever it is', async () => {
    const heard: MediaNews[] = [];
    port().listen((news) => heard.push(news));
    sound.tell({ mediaId: 'c1', way: 'open' });
    leaderSound.tell({ mediaId: 'c2', trouble: null });
    await until('both', () => heard.length === 2);
    expect(heard).to.have.deep.members([
      { mediaId: 'c1', way: 'open' },
      { mediaId: 'c2', trouble: null },
    ]);
  });

  it('says why it cannot be had', async () => {
    const codeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => (error as ServiceError).message);
    sound.answer = () => Promise.reject(new ServiceError('media', 'No microphone.'));
    expect(await codeOf(port().ask({ mediaId: 'c1', tab: second.tab }, { type: 'rollback' }))).to.equal('No microphone.');
    expect(await codeOf(port().ask({ mediaId: 'c1', tab: 'unknown' }, { type: 'rollback' }))).to.contain('gone');
    sound.answer = () => new Promise(() => undefined);
    const waiting = codeOf(port().ask({ mediaId: 'c1', tab: second.tab }, { type: 'rollback' }));
    await until('being asked', () => sound.asked.length === 2);
    await second.leaves();
    expect(await waiting).to.contain('gone');
  });
});
