/** Registers `<team-communicator>`. */
import { defineElement } from '../internal/define.js';
import { TeamCommunicator } from './team-communicator.js';

defineElement('team-communicator', TeamCommunicator);
