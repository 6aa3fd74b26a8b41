/** Registers `<im-tray>`. */
import { defineElement } from '../internal/define.js';
import { ImTray } from './im-tray.js';

defineElement('im-tray', ImTray);
