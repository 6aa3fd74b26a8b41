/**
 * The strings table in English, whole: the list of all keys, and the measure for other languages. Elements do not import it: each brings the
 * tables of what it says (`static english`), so that one element alone stays small.
 */
import { caseWords } from './en/case.js';
import { commonWords } from './en/common.js';
import { communicatorWords } from './en/communicator.js';
import { connectionWords } from './en/connection.js';
import { consultationWords } from './en/consultation.js';
import { notificationWords } from './en/notification.js';
import { presenceWords } from './en/presence.js';
import { sessionWords } from './en/session.js';
import { statusWords } from './en/status.js';
import { transcriptWords } from './en/transcript.js';
import { trayWords } from './en/tray.js';
import { voiceWords } from './en/voice.js';

/** Every string in English. */
export const en = {
  ...commonWords,
  ...presenceWords,
  ...connectionWords,
  ...sessionWords,
  ...transcriptWords,
  ...notificationWords,
  ...trayWords,
  ...communicatorWords,
  ...consultationWords,
  ...caseWords,
  ...voiceWords,
  ...statusWords,
} as const;
