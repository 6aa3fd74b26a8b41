/** Registers `<consult-panel>` and what it is made of. */
import { defineElement } from '../internal/define.js';
import '../im-window/im-window.define.js';
import '../team-communicator/team-communicator.define.js';
import '../voice-call/voice-call.define.js';
import { ConsultPanel } from './consult-panel.js';

defineElement('consult-panel', ConsultPanel);
