/**
 * Devices of the callee that ring on another connection than the one on which they were called, or are about to: their page was taken over by
 * another tab, or has lost its socket. The switch sends CANCEL where the INVITE went, and there nobody is. The caller may end an early dialog by
 * BYE as well (RFC 3261, 15), and this finds the device by its GRUU, once it is back. One that has said twice that it rings has moved; one that
 * does not confirm the CANCEL may have.
 */
import { SessionDialog, type Session } from 'sip.js/lib/core/index.js';
import { headerText } from '../codecs/header.js';
import type { SipStack } from './stack.js';

/** The CSeq of the BYE: greater than that of an INVITE that was challenged, and called again. */
const CSEQ = 100;

/** How often a device that is not there is tried, and how long it has in between, ms. */
const TRIES = 8;
const PAUSE = 1500;

/** See the head of the file. */
export class MovedDevices {
  readonly #stack: SipStack;
  /** By contact: the newest early dialog, how often it was said, and whether it knows that the invitation is over. */
  readonly #devices = new Map<string, { readonly session: SessionDialog; times: number; isTold: boolean }>();
  #over: { readonly reason: string; readonly winner: string | undefined } | undefined;

  constructor(stack: SipStack) {
    this.#stack = stack;
  }

  /** A device says that it rings; where the invitation is over meanwhile, it is told. */
  rings(session: Session): void {
    if (!(session instanceof SessionDialog)) return;
    const contact = session.remoteTarget.toString();
    const before = this.#devices.get(contact);
    this.#devices.set(contact, { session, times: (before?.times ?? 0) + 1, isTold: before?.isTold ?? false });
    this.#tell();
  }

  /** The invitation is over: tells those whom CANCEL does not reach. @param winner the dialog of the device that accepted */
  over(reason: string, winner?: Session): void {
    this.#over ??= { reason, winner: winner?.remoteTarget.toString() };
    this.#tell();
  }

  /** Nobody has confirmed the CANCEL: every device may have moved. */
  unconfirmed(): void {
    for (const device of this.#devices.values()) device.times += 1;
    this.#tell();
  }

  #tell(): void {
    const over = this.#over;
    for (const [contact, device] of this.#devices) {
      if (!over || device.times < 2 || device.isTold || contact === over.winner) continue;
      device.isTold = true;
      void this.#bye(device.session, over.reason);
    }
  }

  async #bye({ callId, localTag, remoteTag, remoteTarget, remoteURI, routeSet }: SessionDialog, reason: string): Promise<void> {
    const stack = this.#stack;
    const options = {
      callId,
      fromTag: localTag,
      toTag: remoteTag,
      to: remoteURI.toString(),
      headers: [`Reason: ${headerText(reason)}`],
      routeSet,
    };
    for (let count = 0; count < TRIES; count += 1) {
      const build = (): ReturnType<SipStack['message']> => stack.message('BYE', remoteTarget, { ...options, cseq: CSEQ + count });
      const { status } = await stack.requests.run({ build });
      if (status >= 200 && status < 300) return;
      await new Promise<void>((resolve) => stack.environment.setTimeout(resolve, PAUSE));
    }
  }
}
