/** Registers `<im-notification>`. */
import { defineElement } from '../internal/define.js';
import { ImNotification } from './im-notification.js';

defineElement('im-notification', ImNotification);
