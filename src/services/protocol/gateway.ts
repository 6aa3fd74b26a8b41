/**
 * The port to SIP: everything that the engine needs of a SIP stack, in terms of RFC 3261 and nothing of any library.
 * `sipjs/` holds the only implementation; if sip.js has to go one day, only that folder changes.
 *
 * Every promise settles on the final response of the wire, never on "sent". A transport failure is a response with status 0.
 */
import type { DialogRef } from '../domain/im-session.js';

/** What names a dialog (RFC 3261, 12). */
export type DialogName = Pick<DialogRef, 'callId' | 'localTag' | 'remoteTag'>;

/** A body with its type. */
export interface SipBody {
  readonly contentType: string;
  readonly content: string;
  /** Content-Disposition; by default what the method implies. */
  readonly disposition?: string;
}

/** Who a request or response claims and is asserted to come from. */
export interface SipIdentity {
  /** Canonical address (`sip:user@host`): P-Asserted-Identity (RFC 3325) where the switch set one, else From or To. */
  readonly address: string;
  readonly name?: string;
  /** Whether the switch vouches for it. */
  readonly asserted: boolean;
}

/** A final (or provisional) response; status 0: none came (transport failure, or no answer within the limit of timer B/F → 408). */
export interface SipResponse {
  readonly status: number;
  readonly reason: string;
  /** First value of a header; undefined where there is none. */
  header(name: string): string | undefined;
  readonly body?: SipBody;
  readonly identity?: SipIdentity;
}

/** What every received request has. */
export interface SipRequest {
  readonly method: string;
  readonly identity: SipIdentity;
  /** From, which may differ from `identity`; never shown to people. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  header(name: string): string | undefined;
  readonly body?: SipBody;
}

/** A received request that wants an answer. Answering twice does nothing. */
export interface IncomingRequest extends SipRequest {
  respond(status: number, options?: { reason?: string; headers?: readonly string[]; body?: SipBody }): void;
  /**
   * Of a re-INVITE: settles when the ACK of our 2xx came, with its body: the answer where the offer was ours (RFC 3261, 13.2.1).
   * `undefined` where it had none, or never came; the dialog is over then.
   */
  readonly acknowledged?: () => Promise<SipBody | undefined>;
}

/** An established dialog (RFC 3261, 12). */
export interface SipDialog {
  readonly ref: DialogRef;
  readonly remote: SipIdentity;
  /** Sends an in-dialog request and settles on its final response. Requests of one dialog go out in the order of the calls. */
  request(
    method: 'MESSAGE' | 'INFO' | 'REFER' | 'NOTIFY' | 'OPTIONS',
    options?: { body?: SipBody; headers?: readonly string[] },
  ): Promise<SipResponse>;
  /**
   * Sends a re-INVITE with an offer and settles on the final response; its ACK is out by then. One at a time; an answer 491, or 500 with
   * Retry-After, is tried again by the gateway (RFC 3261, 14.1). A body that is a function is made anew for each try: between two tries
   * the peer's own offer may have been taken.
   */
  reinvite(options: { body: SipBody | (() => Promise<SipBody>); headers?: readonly string[] }): Promise<SipResponse>;
  /** Ends the dialog; settles on the final response or after `limit` ms (status 408), the dialog is over in any case. */
  bye(options?: { reason?: string; limit?: number }): Promise<SipResponse>;
  /** Forgets the dialog here without telling the peer (it lives on elsewhere). */
  abandon(): void;
}

/** What a dialog tells. Set once, when the dialog is made. */
export interface DialogEvents {
  /** An in-dialog MESSAGE, INFO, REFER, NOTIFY or re-INVITE that nobody else answers. Requests whose asserted identity is not the dialog's peer never get here: the gateway answers 403. */
  onRequest(request: IncomingRequest): void;
  /** The peer ended it (BYE); `reason` is the Reason header. Also called when the dialog was replaced (RFC 3891). */
  onEnd(end: { reason?: string; replaced: boolean }): void;
}

/** An INVITE of ours. */
export interface OutgoingInvite {
  /** Settles on the final response; with 2xx `dialog` is set and the ACK is out. */
  readonly final: Promise<{ response: SipResponse; dialog?: SipDialog }>;
  /** CANCEL (with a Reason header where given). `final` settles as ever, within a time limit of the gateway's. */
  cancel(reason?: string): void;
}

/** Options of an INVITE. */
export interface InviteOptions {
  /** Address, or GRUU. */
  readonly target: string;
  /** To, where it differs from the target (a GRUU's address of record). */
  readonly to?: string;
  /** The offer; a multipart body with the offer inside gets Content-Disposition: session. */
  readonly body: SipBody;
  readonly headers?: readonly string[];
  /** Expires, seconds. */
  readonly expires?: number;
  readonly events: DialogEvents;
  /** 1xx with their status. */
  onProgress?(response: SipResponse): void;
}

/** An INVITE that arrived, out of dialog. */
export interface IncomingInvite extends SipRequest {
  /** Media of the offer, read from its SDP: `im` (m=message … sip), `audio`, `msrp`, or `unknown`; `none`: no offer. */
  readonly media: 'im' | 'audio' | 'msrp' | 'unknown' | 'none';
  /** Seconds from Expires, bounded to [1, 3600]; undefined where the header is missing or nonsense. */
  readonly expires: number | undefined;
  /**
   * The dialog of ours that it asks to replace (RFC 3891), where there is one. The gateway answers 403 to an INVITE that does not come from that
   * dialog's peer. Once it is accepted, the old dialog is ended and its events are told `replaced`.
   */
  readonly replaces?: SipDialog;
  /**
   * What it asks to replace, as this side names it. Without `replaces` it is a dialog that this stack does not have: one that an earlier page had,
   * perhaps, whose owner has to compare the identities and to refuse with 481 what nobody knows. With another offer than IM the gateway refuses it.
   */
  readonly replacing?: DialogName;
  /** The INVITE with `replaces` comes from somebody else whom the old peer has sent (attended transfer: audio, with the peer in Referred-By). */
  readonly isTransfer?: boolean;
  /** The request as it came, from which another page of the same device can answer in this one's place (`SipGateway.receive`). */
  readonly frame: string;
  /** 180. */
  ring(): void;
  /** 200 with an answer; settles when the ACK came. Rejects with `ServiceError` `invalid-state` where the invitation is over. */
  accept(options: { body: SipBody; headers?: readonly string[]; events: DialogEvents }): Promise<SipDialog>;
  /** Refuses. Does nothing where the invitation is over. */
  reject(status: number, options?: { reason?: string; headers?: readonly string[]; body?: SipBody }): void;
  /** Called once when the caller cancels; `reason` is the Reason header. */
  onCancel(listener: (reason?: string) => void): void;
}

/** A subscription of ours (RFC 6665). It never renews itself after a lost connection: subscribe again. */
export interface SipSubscription {
  /** Settles when the first final response came. */
  readonly accepted: Promise<SipResponse>;
  /** Asks again now, so that everything is notified again; does nothing before the first notification. */
  refresh(): void;
  /** Ends it (Expires: 0). */
  end(): void;
}

/** Options of SUBSCRIBE. */
export interface SubscribeOptions {
  readonly target: string;
  readonly event: string;
  readonly accept: readonly string[];
  /** Seconds; refreshed by the gateway before they run out. */
  readonly expires: number;
  readonly headers?: readonly string[];
  readonly body?: SipBody;
  onNotify(request: SipRequest): void;
  /** The switch ended it; `retryAfter` in seconds where it said so. */
  onEnd(end: { reason?: string; retryAfter?: number }): void;
}

/** What happens on the gateway as a whole. */
export interface GatewayEvents {
  onInvite(invite: IncomingInvite): void;
  /** Out-of-dialog MESSAGE (page mode, RFC 3428). */
  onMessage(message: IncomingRequest): void;
  /** The socket is gone, with its close code (RFC 6455, 7.4). Dialogs stay; subscriptions are over. */
  onDisconnect(close: { code: number; reason: string }): void;
  /** Something that arrived was dropped, refused by the screen, or failed: a short reason for diagnosis, never content of a message. */
  onFault?(fault: string): void;
}

/** Who we are. */
export interface GatewayAccount {
  readonly address: string;
  readonly displayName: string;
  readonly authUser: string;
  /** `+sip.instance` (RFC 5626): the same over reconnects, reloads and takeovers. */
  readonly instanceId: string;
}

/** See `SipGateway.register`; seconds. */
export interface RegisterOptions {
  readonly expires: number;
  readonly features: readonly string[];
  onLost(response: SipResponse): void;
  onTaken?(): void;
}

/** A SIP stack bound to one account. */
export interface SipGateway {
  /** Opens a socket; rejects with `ServiceError` `unreachable` (or `configuration` for a malformed URL). */
  connect(server: string): Promise<void>;
  readonly connected: boolean;
  /** When something last came from the switch, wall-clock ms; 0 where nothing ever did. */
  readonly heardAt: number;
  /** Closes the socket. */
  disconnect(): Promise<void>;
  /** Our public GRUU (RFC 5627), once registered. */
  readonly gruu: string | undefined;
  /**
   * REGISTER, with credentials asked for on 401/407; settles on the final answer. Refreshed by itself before it expires until
   * `unregister` or a lost connection. `features`: RFC 3840 feature tags of the Contact. `onTaken`: instead of refreshing, for another
   * page has registered as this device.
   */
  register(options: RegisterOptions): Promise<SipResponse>;
  /**
   * Asks the registrar for the bindings there are (RFC 3261, 10.2.3) and changes none; `isTaken` where our instance is bound to the contact
   * of another page.
   */
  look(): Promise<{ status: number; isTaken: boolean }>;
  unregister(): Promise<SipResponse>;
  /** OPTIONS to the switch, as a sign of life; settles within `limit` ms (408). */
  options(limit: number): Promise<SipResponse>;
  invite(options: InviteOptions): OutgoingInvite;
  /** Page-mode MESSAGE. */
  message(target: string, body: SipBody, headers?: readonly string[]): Promise<SipResponse>;
  /** PUBLISH (RFC 3903); `etag` for refresh, change and removal (`expires` 0). */
  publish(options: { event: string; expires: number; etag?: string; body?: SipBody }): Promise<SipResponse>;
  subscribe(options: SubscribeOptions): SipSubscription;
  /**
   * Takes a request as if it had come just now. A response finds its way by the Via fields that the request came with, whichever connection
   * of the device it goes out on.
   */
  receive(frame: string): void;
  /** Ends all transactions and forgets everything; sends nothing more. */
  dispose(): void;
}
