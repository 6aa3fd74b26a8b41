/** Registers `<agent-status>`. */
import { defineElement } from '../internal/define.js';
import { AgentStatus } from './agent-status.js';

defineElement('agent-status', AgentStatus);
