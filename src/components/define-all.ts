/** Registers every element, the provider first, so that the others find it when they are upgraded. */
import './sip-provider/sip-provider.define.js';
import './agent-status/agent-status.define.js';
import './case-panel/case-panel.define.js';
import './consult-panel/consult-panel.define.js';
import './im-notification/im-notification.define.js';
import './im-transcript/im-transcript.define.js';
import './im-tray/im-tray.define.js';
import './im-window/im-window.define.js';
import './team-communicator/team-communicator.define.js';
import './voice-call/voice-call.define.js';
