/** The customer interaction that the agent is handling, as the host page describes it. */

/** Media of an interaction. */
export type InteractionMedia = 'voice' | 'email' | 'chat' | 'workitem';

/** One entry of the case information; the order is the order of display. */
export interface CaseEntry {
  readonly key: string;
  /** What people read; the key where it is empty. */
  readonly label: string;
  readonly value: string;
  /** Masked before it leaves the page. */
  readonly sensitive?: boolean;
  /** The value was cut to the size limit before it left the sender's page. */
  readonly cut?: boolean;
}

/** The contact (customer); `id` is opaque, other fields are for display. */
export interface Contact {
  readonly id: string;
  readonly [field: string]: string;
}

/** What the host lets the agent do with the interaction's own call. */
export interface InteractionAbilities {
  readonly hold?: boolean;
  readonly transfer?: boolean;
  readonly conference?: boolean;
}

/** Given by the page to `<consult-panel>` and others as a property (design.md, "Consultation and the host"). */
export interface Interaction {
  readonly id: string;
  readonly media: InteractionMedia;
  /** One line that names the interaction. */
  readonly label: string;
  /** The customer's name. */
  readonly party: string;
  readonly caseData: readonly CaseEntry[];
  readonly contact?: Contact;
  readonly can?: InteractionAbilities;
  /** The contact is gone: no further consultation can begin; those that run go on. */
  readonly ended?: boolean;
}

/** What of an interaction travels with an invitation. */
export interface InteractionRef {
  readonly id: string;
  readonly media: InteractionMedia;
  readonly label: string;
  /** The contact is gone. */
  readonly ended?: boolean;
}

/** Case data as a session carries it: a numbered version of the entries. */
export interface CaseData {
  /** Counts up with each change; a late or repeated update changes nothing. */
  readonly seq: number;
  readonly interaction: InteractionRef;
  /** Opaque reference that the peer's own host may resolve, and where the host allows it a snapshot of fields. */
  readonly contact?: { readonly ref: string; readonly fields?: readonly CaseEntry[] };
  readonly data: readonly CaseEntry[];
  /** Keys that the notification shows; all where absent. */
  readonly notify?: readonly string[];
}

/** Case data of one session with the keys that updates have changed since the invitation, for marking. */
export interface SessionCase extends CaseData {
  readonly changed: readonly string[];
}
