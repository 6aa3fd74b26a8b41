/** Registers `<im-window>`. */
import { defineElement } from '../internal/define.js';
import { ImTranscript } from '../im-transcript/im-transcript.js';
import { ImWindow } from './im-window.js';

defineElement('im-transcript', ImTranscript);
defineElement('im-window', ImWindow);
