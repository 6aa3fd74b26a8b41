/** Registers `<im-transcript>`. */
import { defineElement } from '../internal/define.js';
import { ImTranscript } from './im-transcript.js';

defineElement('im-transcript', ImTranscript);
