/** Which dialog carries a session now, and which did before: a session outlives its dialogs. */
import type { ImSession } from '../../domain/im-session.js';
import type { DialogEvents, DialogName, IncomingRequest } from '../gateway.js';

/** The dialogs of a session, as its snapshot has them. */
type Named = Pick<ImSession, 'dialog' | 'firstDialog'>;

const isSame = (one: DialogName | undefined, other: DialogName): boolean =>
  one?.callId === other.callId && one.localTag === other.localTag && one.remoteTag === other.remoteTag;

/** Whether a session is or was carried by that dialog. */
export function wasCarriedBy({ dialog, firstDialog }: Named, name: DialogName): boolean {
  return isSame(dialog, name) || isSame(firstDialog, name);
}

/** What it needs. */
export interface CarriersOptions {
  onRequest(request: IncomingRequest): void;
  /** The dialog that carries the session now was ended by the peer; `isFirst`: the one that it began with here. */
  onEnd(reason: string | undefined, isFirst: boolean): void;
}

/** See the head of the file. */
export class Carriers {
  /** Events of the dialog that it begins with. */
  readonly first: DialogEvents;
  readonly #options: CarriersOptions;
  #current: DialogEvents;
  /** Names of its dialogs, once it is over and its snapshot has them no more. */
  #names: Named = {};

  constructor(options: CarriersOptions) {
    this.#options = options;
    this.first = this.#current = this.newEvents();
  }

  /** Events of another dialog, which may come to carry it. */
  newEvents(): DialogEvents {
    const events: DialogEvents = {
      onRequest: (request) => this.#options.onRequest(request),
      // A dialog whose place another one took may end as it likes.
      onEnd: ({ reason, replaced }) => {
        if (!replaced && events === this.#current) this.#options.onEnd(reason, events === this.first);
      },
    };
    return events;
  }

  /** The dialog with these events carries it from now on. */
  use(events: DialogEvents): void {
    this.#current = events;
  }

  /** Remembers the names of a session that is about to end. */
  remember({ dialog, firstDialog }: Named): void {
    this.#names = { ...(dialog ? { dialog } : {}), ...(firstDialog ? { firstDialog } : {}) };
  }

  /** Whether the session, as it stands or as it ended, is or was carried by that dialog. */
  include(name: DialogName, session: Named = {}): boolean {
    return wasCarriedBy(session, name) || wasCarriedBy(this.#names, name);
  }
}
