/** English: Team Communicator. */
import type { TargetType } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `targets.${TargetType}` | `type.${TargetType}`;

/** Search box, filters, groups, actions and why an action is not possible. */
export const communicatorWords = {
  'type.agent': 'Agent',
  'type.agent-group': 'Agent group',
  'type.skill': 'Skill',
  'type.queue': 'Queue',
  'type.routing-point': 'Routing point',
  'type.contact': 'Contact',

  'communicator.label': 'Team Communicator',
  'communicator.placeholder': 'Name, e-mail address or number',
  'communicator.results': 'Results',
  'communicator.filters': 'Filters',
  'communicator.hint': 'Type a name, an e-mail address or a number',
  'communicator.no-match': 'No match for “{query}”',
  'communicator.dial': 'Dial {number}',
  'communicator.loading': 'The directory is being loaded…',
  'communicator.failed': 'The directory cannot be loaded',
  'communicator.internal': { one: '{count} matching internal target', other: '{count} matching internal targets' },
  'communicator.contacts': { one: '{count} matching contact', other: '{count} matching contacts' },
  'communicator.capped-internal': {
    one: '{shown} of {count} matching internal target',
    other: '{shown} of {count} matching internal targets',
  },
  'communicator.capped-contacts': { one: '{shown} of {count} matching contact', other: '{shown} of {count} matching contacts' },
  'communicator.none-internal': 'No matching internal targets',
  'communicator.position': '{position} of {count}',
  'communicator.active-consultations': 'Active Consultations',
  'communicator.actions': 'Actions for {name}',
  'communicator.extension': 'ext. {number}',

  'filter.all': 'All',
  'filter.favorites': 'Favorites',
  'filter.recents': 'Recents',
  'filter.type': 'Type',
  'filter.all-types': 'All types',
  'filter.grouped': 'Grouped by type',

  'targets.agent': 'Agents',
  'targets.agent-group': 'Agent groups',
  'targets.skill': 'Skills',
  'targets.queue': 'Queues',
  'targets.routing-point': 'Routing points',
  'targets.contact': 'Contacts',

  'target.call': 'Call',
  'target.call-number': 'Call {number}',
  'target.send-im': 'Send Instant Message',
  'target.consult-voice': 'Start Voice Consultation',
  'target.consult-im': 'Start Instant Message Consultation',
  'target.transfer': 'Instant Call Transfer',
  'target.conference': 'Instant Call Conference',
  'target.add-favorite': 'Add to Favorites',
  'target.remove-favorite': 'Remove from Favorites',
  'target.edit-favorite': 'Edit favorite',

  'favorite.category': 'Category',
  'favorite.corporate': 'Corporate favorite',
  'favorite.save': 'Save',

  'reason.no-right': 'Your role does not allow this',
  'reason.internal-only': 'Only internal targets',
  'reason.self': 'This is you',
  'reason.not-logged-in': 'You are not logged in on this channel',
  'reason.target-logged-off': 'Logged off',
  'reason.target-not-ready': 'Not ready on this channel',
  'reason.target-busy': 'Busy',
  'reason.do-not-disturb': 'Does not want to be disturbed',
  'reason.no-number': 'No number is known',
  'reason.no-call': 'There is no call',
  'reason.offline': 'No connection',
  'reason.host': 'The surrounding application does not offer this',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
