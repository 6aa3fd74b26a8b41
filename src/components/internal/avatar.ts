/** The disc before a name: initials or the icon of a kind of target, with the presence shape at its corner. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ImSession, PresenceState, TargetType } from '../../services/index.js';
import { contactIcon, groupIcon, personIcon, phoneIcon, queueIcon, routingPointIcon, skillIcon, type Icon } from './icons.js';
import { initials } from './initials.js';
import { presenceGlyph } from './presence-glyph.js';

/** Kinds of target that are no person have an icon instead of initials. */
const ICONS: Readonly<Partial<Record<TargetType | 'number', Icon>>> = {
  'agent-group': groupIcon,
  skill: skillIcon,
  queue: queueIcon,
  'routing-point': routingPointIcon,
  contact: contactIcon,
  number: phoneIcon,
};

/** What an avatar shows. */
export interface AvatarOptions {
  readonly name: string;
  readonly locale: string;
  /** `agent` where left out; `number` is one that was only typed. */
  readonly type?: TargetType | 'number' | undefined;
  /** Shape at the corner; none where left out. Its word must stand beside the avatar. */
  readonly state?: PresenceState | undefined;
  readonly small?: boolean;
}

/** The kind of a session's peer: that of what was called, until a person has accepted for it. */
export function peerType({ target, peer }: ImSession): TargetType | undefined {
  return target?.address === peer.address ? target.type : undefined;
}

/** An avatar; decoration only, for the name and the presence word stand beside it. Needs the `presence` styles. */
export function avatar({ name, locale, type = 'agent', state, small = false }: AvatarOptions): TemplateResult {
  const letters = ICONS[type] ? '' : initials(name, locale);
  const icon = ICONS[type] ?? personIcon;
  return html`<span class="avatar ${small ? 'small' : ''}" aria-hidden="true"
    >${letters || icon()}${state === undefined ? nothing : presenceGlyph(state)}</span
  >`;
}
