/** Registers `<case-panel>`. */
import { defineElement } from '../internal/define.js';
import { CasePanel } from './case-panel.js';

defineElement('case-panel', CasePanel);
