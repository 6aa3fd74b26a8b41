/** Tells the page what happens in the service, as events of the provider. */
import type { DomainEvent, SipService } from '../../services/index.js';
import { emit } from '../internal/events.js';

/** Domain events after which a session's snapshot is told. */
const SESSION_EVENTS: ReadonlySet<DomainEvent['type']> = new Set<DomainEvent['type']>([
  'session-opened',
  'invitation-sent',
  'invitation-received',
  'session-accepted',
  'session-ended',
  'session-resuming',
  'party-joined',
  'party-left',
]);

function tellSession(target: EventTarget, service: SipService, event: DomainEvent): void {
  if (!SESSION_EVENTS.has(event.type)) return;
  const id = 'session' in event ? event.session.id : 'sessionId' in event ? event.sessionId : '';
  const session = service.snapshot.get(`session:${id}`);
  if (!session) return;
  emit(target, 'imsession', { sessionId: id, status: session.status, party: session.peer, direction: session.direction });
  if (event.type === 'session-ended') emit(target, 'imended', { sessionId: id, outcome: event.outcome });
}

/** Dispatches `servicestate`, `imsession`, `imended`, `callstate` and `serviceerror` on `target` until the signal ends. */
export function tellEvents(target: EventTarget, service: SipService, signal: AbortSignal): void {
  service.onError((error) => emit(target, 'serviceerror', error), { signal });
  service.onEvent(
    (event) => {
      if (event.type === 'connection') emit(target, 'servicestate', event.connection);
      else if (event.type === 'call') {
        const { id, status, peer, direction } = event.call;
        emit(target, 'callstate', { callId: id, status, party: peer, direction });
      } else tellSession(target, service, event);
    },
    { signal },
  );
}
