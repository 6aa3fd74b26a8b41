/** What is open in this tab, and what is half written here. */
import type { DomainEvent } from '../domain/events.js';
import type { ViewCommands } from '../sip-service.js';
import type { ServiceState } from './state.js';

/** Characters of a draft that are kept; a message may have far fewer. */
const MAX_DRAFT = 100_000;

/** Makes the view commands. */
export function createViewCommands(state: ServiceState): ViewCommands {
  const { store } = state;
  const windows = (): readonly string[] => store.get('windows') ?? [];
  const minimise = (sessionId: string): void => {
    if (!windows().includes(sessionId)) return;
    const left = windows().filter((id) => id !== sessionId);
    store.set('windows', left);
    if (store.get('activeWindow') !== sessionId) return;
    const last = left.at(-1);
    if (last === undefined) store.delete('activeWindow');
    else store.set('activeWindow', last);
  };
  const forget = (sessionId: string): void => {
    minimise(sessionId);
    store.delete(`draft:${sessionId}`);
  };
  state.gone.add(forget);
  state.events.add((event: DomainEvent) => {
    if (event.type === 'session-closed') forget(event.sessionId);
  });
  return {
    open(sessionId) {
      if (!windows().includes(sessionId)) store.set('windows', [...windows(), sessionId]);
      store.set('activeWindow', sessionId);
    },
    minimise,
    setDraft(sessionId, text) {
      if (text === '') store.delete(`draft:${sessionId}`);
      else store.set(`draft:${sessionId}`, text.slice(0, MAX_DRAFT));
    },
  };
}
