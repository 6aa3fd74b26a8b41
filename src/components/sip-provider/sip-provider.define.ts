/** Registers `<sip-provider>`. */
import { defineElement } from '../internal/define.js';
import { SipProvider } from './sip-provider.js';

defineElement('sip-provider', SipProvider);
