/** The events of every element: one table of names, payloads and propagation, and the one function that dispatches them. */
import type { Channel, ChannelName, Connection, Outcome, Party, TargetRef } from '../../services/index.js';
import { frozenJson } from './json.js';

/** Payload (`event.detail`) of each event: plain frozen JSON. Names are lower case without hyphen, for Lightning markup binds nothing else. */
export interface DesksideEventDetails {
  /** The agent chose an action on a target. Cancelable: the host does it instead. */
  targetaction: { action: string; target: TargetRef; number?: string; interactionId?: string };
  /** An invitation waits for an answer. Cancelable: the host shows its own notification. */
  iminvite: { sessionId: string; party: Party; consultation: boolean };
  /** The agent accepted, or rejected, an invitation here. */
  imaccept: { sessionId: string };
  imreject: { sessionId: string };
  /** The agent is about to send a text. Cancelable: nothing is sent. The text is in the detail; it is not logged anywhere. */
  imsend: { sessionId: string; text: string };
  /** The agent asks to see a session. */
  imopen: { sessionId: string };
  /** The agent asks to see a call. */
  callopen: { callId: string };
  /** The agent closed a session's window with Done. */
  imdone: { sessionId: string };
  /** A consultation began, or is over; times are wall-clock ms. No text, no case data. */
  consultstart: { interactionId: string; media: 'im' | 'voice'; sessionId: string; target: TargetRef; at: number };
  consultend: {
    interactionId: string;
    media: 'im' | 'voice';
    sessionId: string;
    outcome: Omit<Outcome, 'text'>;
    startedAt: number;
    /** Absent where nobody accepted. */
    connectedAt?: number;
    endedAt: number;
  };
  /** The agent asks for a record (a contact, an entry of the history) to be opened in the host. Cancelable. */
  recordopen: { kind: 'contact' | 'history'; id: string; interactionId?: string };
  /** A channel of the agent changed. */
  channelstate: { channel: ChannelName; state: Channel };
  /** Of the provider: the connection changed. */
  servicestate: Connection;
  /** Of the provider: a session changed its state, or ended. */
  imsession: { sessionId: string; status: string; party: Party; direction: string };
  imended: { sessionId: string; outcome: Outcome };
  /** Of the provider: a call changed its state. */
  callstate: { callId: string; status: string; party: Party; direction: string };
  /** Of the provider: something failed; `message` says what to do. */
  serviceerror: { code: string; message: string };
  /** The zoom of an element changed (percent). Own state: does not bubble. */
  zoomchange: { zoom: number };
}

/** Name of an event. */
export type DesksideEventName = keyof DesksideEventDetails;

/** An event as listeners get it. */
export type DesksideEvent<N extends DesksideEventName> = CustomEvent<Readonly<DesksideEventDetails[N]>>;

/** How an event travels: `domain` events bubble once and cross shadow roots; `own` state does not bubble. */
interface Propagation {
  readonly scope: 'domain' | 'own';
  readonly cancelable?: true;
}

const domain: Propagation = { scope: 'domain' };
const cancelable: Propagation = { scope: 'domain', cancelable: true };
const own: Propagation = { scope: 'own' };

/** Propagation of every event. */
export const eventTable: Readonly<Record<DesksideEventName, Propagation>> = {
  targetaction: cancelable,
  iminvite: cancelable,
  imaccept: domain,
  imreject: domain,
  imsend: cancelable,
  imopen: domain,
  callopen: domain,
  imdone: domain,
  consultstart: domain,
  consultend: domain,
  recordopen: cancelable,
  channelstate: domain,
  servicestate: domain,
  imsession: domain,
  imended: domain,
  callstate: domain,
  serviceerror: domain,
  zoomchange: own,
};

/**
 * Dispatches an event of `target` with a frozen copy of `detail`. Call it before doing what the host may take over.
 * @returns false where a listener called `preventDefault()`: then leave the matter to the host
 */
export function emit<N extends DesksideEventName>(target: EventTarget, name: N, detail: DesksideEventDetails[N]): boolean {
  const { scope, cancelable: mayCancel = false } = eventTable[name];
  const outward = scope === 'domain';
  return target.dispatchEvent(
    new CustomEvent(name, { detail: frozenJson(detail), bubbles: outward, composed: outward, cancelable: mayCancel }),
  );
}

type DesksideEventMap = { [N in DesksideEventName]: DesksideEvent<N> };

declare global {
  // The platform's map of events can only be extended by an interface.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends DesksideEventMap {}
}
