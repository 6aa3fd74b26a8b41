import { expect } from '@open-wc/testing';
import type { ConsultPanel } from '../../../src/components/consult-panel/consult-panel.js';
import type { DesksideEvent } from '../../../src/components/internal/events.js';
import type { FakeService } from '../../support/elements.js';
import { JOHN } from '../../support/people.js';
import { CALL, consultation, desk, show, TARGET } from './support.js';

describe('what <consult-panel> tells of its consultations', () => {
  it('tells the host of start and end with ids, times and outcome, and of no text', async () => {
    const fake = desk([consultation('s1', { status: 'establishing' })]);
    const element = await show(fake, CALL);
    const heard: { type: string; detail: unknown }[] = [];
    for (const type of ['consultstart', 'consultend'] as const)
      element.addEventListener(type, ({ detail }: CustomEvent) => heard.push({ type, detail }));
    fake.tell({ type: 'invitation-sent', at: 1000, sessionId: 's1', expiresAt: 60_000 });
    fake.tell({ type: 'invitation-sent', at: 1000, sessionId: 's1', expiresAt: 60_000 });
    const outcome = { code: 'rejected' as const, by: JOHN, text: 'private words' };
    fake.store.set('session:s1', consultation('s1', { status: 'ended', connectedAt: 2000, endedAt: 9000, outcome }));
    fake.tell({ type: 'session-ended', at: 9000, sessionId: 's1', outcome });
    const common = { interactionId: 'i1', media: 'im', sessionId: 's1' };
    expect(heard).to.deep.equal([
      { type: 'consultstart', detail: { ...common, target: TARGET, at: 1000 } },
      {
        type: 'consultend',
        detail: { ...common, outcome: { code: 'rejected', by: JOHN }, startedAt: 1000, connectedAt: 2000, endedAt: 9000 },
      },
    ]);
  });

  describe('that is taken out of the page while a consultation runs', () => {
    const outcome = { code: 'ended' as const, by: JOHN };
    let fake: FakeService;
    let element: ConsultPanel;
    let heard: string[];
    let end: AbortController;

    beforeEach(async () => {
      fake = desk([consultation('s1')]);
      element = await show(fake, CALL);
      heard = [];
      end = new AbortController();
      for (const type of ['consultstart', 'consultend'] as const)
        document.addEventListener(
          type,
          (event) => {
            const { detail } = event as DesksideEvent<'consultend'>;
            heard.push(`${type} ${detail.interactionId} ${detail.sessionId}`);
          },
          end,
        );
      fake.tell({ type: 'invitation-sent', at: 1000, sessionId: 's1', expiresAt: 60_000 });
    });

    afterEach(() => end.abort());

    function ends(): void {
      fake.store.set('session:s1', consultation('s1', { status: 'ended', endedAt: 9000, outcome }));
      fake.tell({ type: 'session-ended', at: 9000, sessionId: 's1', outcome });
      // Done, in the tray.
      fake.store.set('sessions', []);
      fake.store.delete('session:s1');
      fake.tell({ type: 'session-closed', at: 9001, sessionId: 's1' });
    }

    it('tells of the end when it is back', async () => {
      const place = element.parentElement;
      element.remove();
      ends();
      expect(heard).to.deep.equal(['consultstart i1 s1']);
      place?.append(element);
      await element.updateComplete;
      expect(heard).to.deep.equal(['consultstart i1 s1', 'consultend i1 s1']);
    });

    it('leaves it to the next panel of the interaction, and to no other', async () => {
      element.remove();
      ends();
      const other = await show(fake, { ...CALL, id: 'i2' });
      expect(heard).to.have.length(1);
      other.interaction = CALL;
      await other.updateComplete;
      expect(heard).to.deep.equal(['consultstart i1 s1', 'consultend i1 s1']);
    });

    it('tells of it at once where it shows another interaction meanwhile', async () => {
      element.interaction = { ...CALL, id: 'i2' };
      await element.updateComplete;
      ends();
      expect(heard).to.deep.equal(['consultstart i1 s1', 'consultend i1 s1']);
    });

    it('is told by one of two panels of the same interaction', async () => {
      await show(fake, CALL);
      ends();
      expect(heard).to.deep.equal(['consultstart i1 s1', 'consultend i1 s1']);
    });

    it('listens no more once it is over', () => {
      element.remove();
      expect(fake.listeners()).to.equal(1);
      ends();
      expect(fake.listeners()).to.equal(0);
    });
  });

  it('tells nothing of a draft that was given up', async () => {
    const { invitedAt: _none, connectedAt: _neither, ...draft } = consultation('s1', { status: 'ended' });
    const fake = desk([draft]);
    const element = await show(fake, CALL);
    let told = 0;
    element.addEventListener('consultend', () => (told += 1));
    fake.tell({ type: 'session-ended', at: 9000, sessionId: 's1', outcome: { code: 'ended' } });
    expect(told).to.equal(0);
  });
});
