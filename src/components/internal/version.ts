/** The version that registered elements carry. */
export { VERSION } from '../../services/index.js';
