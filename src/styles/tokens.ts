/** The design tokens: names, and their values in light and dark. One table, so that CSS, documentation and the contrast test agree. */

/** A colour token: its light and its dark value, both `#rrggbb` or `#rrggbbaa`. */
export type ColorPair = readonly [light: string, dark: string];

/**
 * Colours. Each is set by the page as `--deskside-<name>`.
 * - `surface`, `sunken`: backgrounds. `line`, `line-strong`: hairlines; `control`: the border by which a field is recognised (3:1).
 * - `text`, `muted`; `accent` with `accent-weak` behind it and `on-accent` upon it.
 * - `own`, `peer`: the names in a transcript. `ready`, `busy`, `away`, `off`: presence.
 * - `danger` with `on-danger`: what ends or failed. `ready-weak`, `busy-weak`, `warning-surface`: backgrounds of pills and notices.
 * - `shadow-near`, `shadow-far`: the two shadows of what floats.
 */
export const colorTokens = {
  surface: ['#ffffff', '#1b2129'],
  sunken: ['#f6f7f9', '#151a21'],
  line: ['#dfe3e9', '#2d3642'],
  'line-strong': ['#b9c0cb', '#485465'],
  control: ['#7d8897', '#75839a'],
  text: ['#1b2430', '#e8edf3'],
  muted: ['#596474', '#9aa7b6'],
  accent: ['#0b5cd5', '#7db3ff'],
  'accent-weak': ['#e6effc', '#1c2f4a'],
  'on-accent': ['#ffffff', '#07203f'],
  own: ['#0b5cd5', '#7db3ff'],
  peer: ['#9a4a00', '#f0a868'],
  ready: ['#1a7438', '#5fcf86'],
  busy: ['#b3261e', '#ff8a80'],
  away: ['#7f5a00', '#e5b84c'],
  off: ['#667080', '#8d99a8'],
  danger: ['#b3261e', '#ff8a80'],
  'on-danger': ['#ffffff', '#2b0806'],
  'ready-weak': ['#def0e3', '#1c3527'],
  'busy-weak': ['#fbe6e4', '#43211f'],
  'warning-surface': ['#fff5df', '#33290f'],
  'shadow-near': ['#1b24301a', '#00000066'],
  'shadow-far': ['#1b24301f', '#00000088'],
} as const satisfies Record<string, ColorPair>;

/** Name of a colour token. */
export type ColorToken = keyof typeof colorTokens;

/** What is no colour: shape, type, rhythm and speed. `space` is one step of the grid; `speed` the time in which things slide in. */
export const plainTokens = {
  radius: '8px',
  'radius-small': '6px',
  font: "system-ui, 'Segoe UI', Roboto, sans-serif",
  'font-size': '13px',
  space: '4px',
  speed: '120ms',
} as const;

/** System colour of each colour token in forced-colours mode, so that what is drawn by hand (SVG, gradients) follows as well. */
export const forcedTokens: Readonly<Partial<Record<ColorToken, string>>> = {
  surface: 'Canvas',
  sunken: 'Canvas',
  line: 'CanvasText',
  'line-strong': 'ButtonText',
  control: 'ButtonText',
  text: 'CanvasText',
  muted: 'CanvasText',
  accent: 'LinkText',
  'accent-weak': 'Canvas',
  'on-accent': 'Canvas',
  own: 'LinkText',
  peer: 'CanvasText',
  ready: 'CanvasText',
  busy: 'CanvasText',
  away: 'CanvasText',
  off: 'CanvasText',
  'ready-weak': 'Canvas',
  'busy-weak': 'Canvas',
  'warning-surface': 'Canvas',
  danger: 'CanvasText',
  'on-danger': 'Canvas',
};
