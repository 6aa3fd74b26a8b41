/** Every shared style sheet; an element takes what it uses: `static override styles = [DesksideElement.styles, buttons, rows]`. */
export { buttons } from './buttons.styles.js';
export { fields } from './fields.styles.js';
export { focus } from './focus.styles.js';
export { hidden } from './hidden.styles.js';
export { host } from './host.styles.js';
export { motion } from './motion.styles.js';
export { pills } from './pills.styles.js';
export { presence } from './presence.styles.js';
export { rows } from './rows.styles.js';
export { surfaces } from './surfaces.styles.js';
export { tabs } from './tabs.styles.js';
export { tokens } from './tokens.styles.js';
