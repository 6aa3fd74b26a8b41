/** Product decision 4: nothing of an instant message is kept, and nothing survives Done. */
import { expect, waitUntil } from '@open-wc/testing';
import '../../src/components/define-all.js';
import { agent, everybodyLeaves, type Agent } from '../support/agent.js';
import { testNetwork } from '../support/network.js';
import { watchStorages, type StorageWatch } from '../support/storages.js';
import { onEverySwitch, type TestSwitch } from '../support/switches.js';

/** In everything that must not be kept. */
const SECRET = 'hush-4711';

const interaction = {
  id: 'call-1',
  media: 'voice',
  label: `Call ${SECRET}`,
  party: 'Ada',
  caseData: [{ key: 'k', label: 'Label', value: `case ${SECRET}` }],
  contact: { id: 'contact-1', name: 'Ada' },
} as const;

/** What a page of the browser itself would have: real storages. */
async function onRealStorages(name: string, on: TestSwitch): Promise<Agent> {
  const network = testNetwork(on.open);
  return agent(name, {
    on,
    network: { ...network, environment: { ...network.environment, tabStorage: sessionStorage, settings: localStorage } },
  });
}

function mountAll(who: Agent): () => void {
  const elements = (['im-tray', 'im-notification', 'im-window'] as const).map((tag) => document.createElement(tag));
  for (const element of elements) {
    element.service = who.service;
    document.body.append(element);
  }
  return () => elements.forEach((element) => element.remove());
}

const everything = (storage: Storage): string => JSON.stringify(Object.entries(storage));

await onEverySwitch('What was said', (on) => {
  let watch: StorageWatch;

  beforeEach(() => {
    watch = watchStorages();
  });

  afterEach(async () => {
    watch.restore();
    await everybodyLeaves();
    sessionStorage.clear();
    localStorage.clear();
  });

  it('reaches no storage that outlives the tab, and nothing of it survives Done', async () => {
    const kate = await onRealStorages('kate', on);
    const john = await onRealStorages('john', on);
    const unmount = mountAll(john);
    const id = kate.writesTo('john', `first ${SECRET}`, { interaction });
    await john.isInvitedBy('kate');
    await john.accepts();
    john.service.view.open(john.session.id);
    john.writes(`answer ${SECRET}`);
    await kate.reads(`answer ${SECRET}`);
    john.service.view.setDraft(john.session.id, `draft ${SECRET}`);
    john.service.preferences.setZoom(125);
    await kate.ends();
    await john.sees('Ended');
    await Promise.all([kate.service.im.close(id), john.service.im.close(john.session.id)]);
    await waitUntil(() => !document.querySelector('im-window')?.renderRoot.textContent.includes(SECRET));

    const lasting = watch.writes.filter(({ where }) => where !== 'sessionStorage');
    expect(lasting.filter(({ what }) => what.includes(SECRET))).to.deep.equal([]);
    expect(
      lasting.map(({ where }) => where).every((where) => where === 'localStorage'),
      JSON.stringify(lasting),
    ).to.equal(true);
    expect(everything(sessionStorage) + everything(localStorage)).not.to.contain(SECRET);
    for (const who of [kate, john]) {
      const { snapshot } = who.service;
      const left = [
        ...(snapshot.get('sessions') ?? []),
        snapshot.get(`draft:${id}`),
        snapshot.get(`transcript:${id}`),
        snapshot.get(`case:${id}`),
      ];
      expect(left.filter(Boolean)).to.deep.equal([]);
    }
    expect(
      JSON.stringify([...document.querySelectorAll('im-tray, im-notification, im-window')].map((one) => one.shadowRoot?.textContent)),
    ).not.to.contain(SECRET);
    unmount();
  });

  it('of an invitation that was rejected, or missed, is kept nowhere either', async () => {
    const kate = await onRealStorages('kate', on);
    const john = await onRealStorages('john', on);
    kate.writesTo('john', `one ${SECRET}`);
    await john.isInvitedBy('kate');
    await john.rejects({ text: `no ${SECRET}` });
    await kate.isTold('ended.rejected');
    await Promise.all([kate, john].map((who) => who.service.im.close(who.session.id)));
    expect(watch.writes.filter(({ where, what }) => where !== 'sessionStorage' && what.includes(SECRET))).to.deep.equal([]);
    expect(everything(sessionStorage) + everything(localStorage)).not.to.contain(SECRET);
  });

  it('is seen by the watch where somebody does keep it: the test can fail', () => {
    localStorage.setItem('k', SECRET);
    expect(watch.writes).to.deep.equal([{ where: 'localStorage', what: JSON.stringify(['k', SECRET]) }]);
  });
});
