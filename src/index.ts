/** Everything that a page can import without registering an element: the services, and the element classes. */
export * from './services/index.js';
export { AgentStatus } from './components/agent-status/agent-status.js';
export { CasePanel } from './components/case-panel/case-panel.js';
export { ConsultPanel } from './components/consult-panel/consult-panel.js';
export { ImNotification } from './components/im-notification/im-notification.js';
export { ImTranscript } from './components/im-transcript/im-transcript.js';
export { ImTray } from './components/im-tray/im-tray.js';
export { ImWindow } from './components/im-window/im-window.js';
export { SipProvider } from './components/sip-provider/sip-provider.js';
export { TeamCommunicator } from './components/team-communicator/team-communicator.js';
export { VoiceCall } from './components/voice-call/voice-call.js';
export { defineElement } from './components/internal/define.js';
export { registerLanguage, type Language, type StringKey, type StringsOverride } from './components/internal/strings.js';
export type { DesksideEvent, DesksideEventDetails, DesksideEventName } from './components/internal/events.js';
