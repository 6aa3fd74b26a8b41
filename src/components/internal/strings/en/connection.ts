/** English: how the connection to the switch stands. */
import type { ConnectionStatus } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `connection.${ConnectionStatus}`;

/** States of the connection. */
export const connectionWords = {
  'connection.unconfigured': 'Not set up',
  'connection.connecting': 'Connecting…',
  'connection.ready': 'Connected',
  'connection.degraded': 'Connected, with limits',
  'connection.reconnecting': 'Connection lost',
  'connection.reconnecting-in': {
    one: 'Connection lost. Next attempt in {count} second',
    other: 'Connection lost. Next attempt in {count} seconds',
  },
  'connection.replaced': 'Another window took over',
  'connection.refused': 'The switch refuses this agent',
  'connection.logged-out': 'Logged out',
  'connection.now': 'Connect now',
  'connection.why.unauthorized': 'Check the user name and the password.',
  'connection.why.configuration': 'Check the address and the server.',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
