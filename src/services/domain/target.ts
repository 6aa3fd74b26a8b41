/** Who or what can be found in the Team Communicator. */

/** The kinds of target. All but `contact` are internal; instant messaging goes to internal targets only. */
export type TargetType = 'agent' | 'agent-group' | 'skill' | 'queue' | 'routing-point' | 'contact';

/** Every kind, in the order in which groups of results are shown. */
export const TARGET_TYPES: readonly TargetType[] = ['agent', 'agent-group', 'skill', 'queue', 'routing-point', 'contact'];

/** One telephone number of a target. */
export interface TargetNumber {
  /** What the number is ("mobile"); may be empty. */
  readonly label: string;
  /** The number as people write it, any formatting. */
  readonly number: string;
}

/** A record of the directory. */
export interface Target {
  readonly type: TargetType;
  /** SIP address (`sip:john@deskside.test`); for a contact without one, `tel:` and its first number. Unique within a directory. */
  readonly address: string;
  /** Name for people. */
  readonly name: string;
  /** Login name; agents only. */
  readonly user?: string;
  readonly email?: string;
  readonly numbers?: readonly TargetNumber[];
  /** Team or department, shown under the name. */
  readonly group?: string;
  readonly skills?: readonly string[];
}

/** What a command needs of a target: enough to address it and to name it. */
export type TargetRef = Pick<Target, 'type' | 'address' | 'name'> & { readonly user?: string };

/** Whether a target is one of the contact centre's own (everything but a contact). */
export function isInternal(target: { readonly type: TargetType }): boolean {
  return target.type !== 'contact';
}
