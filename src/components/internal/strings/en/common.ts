/** English: words that every element has. */
import type { ServiceErrorCode } from '../../../../services/index.js';
import type { Text } from '../text.js';

type Keys = `error.${ServiceErrorCode}`;

/** What every element may have to say: errors, small actions, text size. */
export const commonWords = {
  'provider.missing': 'Not connected to the contact centre: this part of the page has no provider.',

  'error.configuration': 'Something is not set up correctly. Please tell your administrator.',
  'error.unreachable': 'The switch cannot be reached. It is tried again by itself.',
  'error.unauthorized': 'The switch refuses the login. Please sign in again.',
  'error.not-allowed': 'Your role does not allow this.',
  'error.not-found': 'This does not exist any more.',
  'error.invalid-state': 'This is not possible now.',
  'error.too-long': 'The message is too long. Please shorten it.',
  'error.empty': 'There is nothing to send.',
  'error.busy': 'The other side is busy.',
  'error.no-answer': 'There was no answer.',
  'error.rejected': 'The other side rejected it.',
  'error.not-logged-in': 'The other side is not logged in.',
  'error.unsupported': 'The other side’s device cannot do this.',
  'error.timeout': 'There was no answer in time. Please try again.',
  'error.directory': 'The directory cannot be read.',
  'error.host': 'The surrounding application did not do this.',
  'error.not-held': 'The contact could not be put on hold. Nobody was called.',
  'error.media': 'Microphone or sound cannot be used. Please check the permissions and devices.',
  'error.outbound-campaign': 'Instant messaging is not possible during an outbound campaign.',
  'error.storage': 'Settings cannot be kept in this browser.',
  'error.internal': 'Something went wrong here. Please report it.',

  'action.close': 'Close',
  'action.cancel': 'Cancel',
  'action.retry': 'Retry',
  'action.more': 'More actions',
  'action.clear': 'Clear',

  'state.loading': 'Loading…',
  'state.empty': 'Nothing here yet',

  'time.elapsed': 'Elapsed time {time}',

  'zoom.in': 'Larger text',
  'zoom.out': 'Smaller text',
  'zoom.reset': 'Text size {percent}. Back to normal',
} as const satisfies Record<Keys, Text> & Record<string, Text>;
