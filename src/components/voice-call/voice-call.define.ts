/** Registers `<voice-call>`. */
import { defineElement } from '../internal/define.js';
import { VoiceCall } from './voice-call.js';

defineElement('voice-call', VoiceCall);
