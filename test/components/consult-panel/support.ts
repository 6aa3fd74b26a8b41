/** A panel of Kate's about one call, for specs of `<consult-panel>`. */
import { html } from 'lit';
import '../../../src/components/consult-panel/consult-panel.define.js';
import type { ConsultPanel } from '../../../src/components/consult-panel/consult-panel.js';
import type { ImSession, Interaction, TargetRef } from '../../../src/services/index.js';
import { fakeService, KATE, mount, type Answers, type FakeService } from '../../support/elements.js';
import { CASE, JOHN, session } from '../../support/people.js';

/** What is consulted about. */
export const CALL: Interaction = {
  id: 'i1',
  media: 'voice',
  label: 'Broken TV',
  party: 'Avril Mai',
  caseData: [
    { key: 'reason', label: 'Reason', value: 'Broken TV' },
    { key: 'card', label: 'Card', value: '4111 1111 1111 1111', sensitive: true },
  ],
  contact: { id: 'c-9' },
};

/** Who is asked. */
export const TARGET: TargetRef = { type: 'agent', address: JOHN.address, name: JOHN.name };

/** A consultation of Kate's about the call. */
export function consultation(id: string, more: Partial<ImSession> = {}): ImSession {
  return session({ id, origin: 'consultation', interaction: CASE.interaction, invitedAt: 1000, ...more });
}

/** Kate's desk with these sessions. */
export function desk(sessions: readonly ImSession[] = [], answers: Answers = {}): FakeService {
  const found = { 'directory.search': () => ({ hits: [], total: 0 }), 'im.open': () => 's1', ...answers };
  const config = { caseSharing: {}, rights: KATE.rights } as unknown as FakeService['service']['config'];
  const fake = fakeService({ sessions: sessions.map(({ id }) => id) }, found, { config });
  for (const one of sessions) {
    fake.store.set(`session:${one.id}`, one);
    fake.store.set(`case:${one.id}`, CASE);
  }
  return fake;
}

/** Mounts the panel. */
export async function show(fake: FakeService, interaction: unknown, wide = 480): Promise<ConsultPanel> {
  const element = await mount<ConsultPanel>(html`<consult-panel .interaction=${interaction}></consult-panel>`, fake);
  element.style.setProperty('inline-size', `${wide}px`);
  return element;
}
