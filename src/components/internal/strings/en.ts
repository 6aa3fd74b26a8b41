/** The strings table in English: the default of every string, the list of all keys, and the measure for other languages. */
import { common } from './en/common.js';
import { communicator } from './en/communicator.js';
import { consultation } from './en/consultation.js';
import { session } from './en/session.js';
import { status } from './en/status.js';
import { voice } from './en/voice.js';

/** Every string in English. */
export const en = { ...common, ...session, ...communicator, ...consultation, ...voice, ...status } as const;
