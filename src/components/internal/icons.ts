/** Icons of our own drawing: 24 grid, stroke 1.8, hidden from assistive technology (the button beside or around has the words). */
import { html, type TemplateResult } from 'lit';

/** An icon; call it in a template. */
export type Icon = () => TemplateResult;

/**
 * @param d the path
 * @param classes `filled`; `dots` (points drawn as round ends of lines); `mirror` (turned around in right-to-left layouts)
 */
function draw(d: string, classes = ''): Icon {
  return () => html`<svg class="icon ${classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${d}></path></svg>`;
}

const STAR = 'm12 4 2.5 5.2 5.5.8-4 4 1 5.7-5-2.8-5 2.8 1-5.7-4-4 5.5-.8z';
const MICROPHONE = 'M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v3.5';
const BELL = 'M12 3.5A5.5 5.5 0 0 0 6.5 9c0 5-2 6.5-2 6.5h15s-2-1.5-2-6.5A5.5 5.5 0 0 0 12 3.5M10 19a2.2 2.2 0 0 0 4 0';
const LENS = 'M4.5 11a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0M16 16l4 4';
const SLASH = 'M4 4l16 16';

/** A window: show it. */
export const windowIcon: Icon = /* @__PURE__ */ draw('M4 5h16v14H4zM4 9.5h16');
/** A window put away. */
export const minimiseIcon: Icon = /* @__PURE__ */ draw('M6 17h12');
/** A speech bubble: instant messages. */
export const messageIcon: Icon = /* @__PURE__ */ draw('M4 5h16v11H9l-5 4z', 'mirror');
/** A handset: call. */
export const phoneIcon: Icon = /* @__PURE__ */ draw(
  'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
);
/** A handset put down: end a call. */
export const endCallIcon: Icon = /* @__PURE__ */ draw('M3 14.5c5-5 13-5 18 0l-2.2 2.6-4-1.6v-2.7a13 13 0 0 0-5.6 0v2.7l-4 1.6z');
/** A lens. */
export const searchIcon: Icon = /* @__PURE__ */ draw(LENS);
/** A lens with plus. */
export const zoomInIcon: Icon = /* @__PURE__ */ draw(`${LENS}M11 8v6M8 11h6`);
/** A lens with minus. */
export const zoomOutIcon: Icon = /* @__PURE__ */ draw(`${LENS}M8 11h6`);
/** A cross: close, clear. */
export const closeIcon: Icon = /* @__PURE__ */ draw('M7 7l10 10M17 7 7 17');
/** A plus: add. */
export const plusIcon: Icon = /* @__PURE__ */ draw('M12 5v14M5 12h14');
/** A star: not a favorite yet. */
export const starIcon: Icon = /* @__PURE__ */ draw(STAR);
/** A filled star: a favorite. */
export const starFilledIcon: Icon = /* @__PURE__ */ draw(STAR, 'filled');
/** Three dots: more actions. */
export const moreIcon: Icon = /* @__PURE__ */ draw('M5 12h.01M12 12h.01M19 12h.01', 'dots');
/** Nine dots: the keypad. */
export const keypadIcon: Icon = /* @__PURE__ */ draw(
  'M6 5h.01M12 5h.01M18 5h.01M6 12h.01M12 12h.01M18 12h.01M6 19h.01M12 19h.01M18 19h.01',
  'dots',
);
/** One tick: sent. */
export const checkIcon: Icon = /* @__PURE__ */ draw('M5 12.5l4.5 4.5L19 7');
/** Two ticks: delivered or read. */
export const checkDoubleIcon: Icon = /* @__PURE__ */ draw('M2.5 12.5 7 17l8.5-9.5M11.5 16l1 1 9-9.5');
/** A clock: waiting. */
export const clockIcon: Icon = /* @__PURE__ */ draw('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2');
/** A triangle: something failed. */
export const warningIcon: Icon = /* @__PURE__ */ draw('M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01');
/** Opens downwards. */
export const chevronDownIcon: Icon = /* @__PURE__ */ draw('m6 9 6 6 6-6');
/** Points to what comes next; mirrored. */
export const chevronEndIcon: Icon = /* @__PURE__ */ draw('m9 6 6 6-6 6', 'mirror');
/** Points back; mirrored. */
export const chevronStartIcon: Icon = /* @__PURE__ */ draw('m15 6-6 6 6 6', 'mirror');
/** Jump to the newest. */
export const arrowDownIcon: Icon = /* @__PURE__ */ draw('M12 5v14M6 13l6 6 6-6');
/** Two bars: hold. */
export const holdIcon: Icon = /* @__PURE__ */ draw('M9 6v12M15 6v12');
/** A triangle: resume. */
export const resumeIcon: Icon = /* @__PURE__ */ draw('M8 5.5v13l10.5-6.5z');
/** A microphone. */
export const microphoneIcon: Icon = /* @__PURE__ */ draw(MICROPHONE);
/** A microphone struck through. */
export const muteIcon: Icon = /* @__PURE__ */ draw(MICROPHONE + SLASH);
/** A loudspeaker. */
export const speakerIcon: Icon = /* @__PURE__ */ draw(
  'M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  'mirror',
);
/** An arrow to a wall: transfer; mirrored. */
export const transferIcon: Icon = /* @__PURE__ */ draw('M3.5 12H17M12 7l5 5-5 5M20.5 5v14', 'mirror');
/** Two arrows: alternate. */
export const alternateIcon: Icon = /* @__PURE__ */ draw('M4 8.5h14M14.5 5 18 8.5 14.5 12M20 15.5H6M9.5 12 6 15.5 9.5 19');
/** Three people: conference. */
export const conferenceIcon: Icon = /* @__PURE__ */ draw(
  'M12 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7.5 19c0-3 2-5 4.5-5s4.5 2 4.5 5M5.5 8a2 2 0 1 0 0 4M18.5 8a2 2 0 1 1 0 4M2.5 17.5c0-1.6.7-2.9 2-3.5M21.5 17.5c0-1.6-.7-2.9-2-3.5',
);
/** One person. */
export const personIcon: Icon = /* @__PURE__ */ draw('M12 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M5 20c0-4 3-6.5 7-6.5s7 2.5 7 6.5');
/** Two people: an agent group. */
export const groupIcon: Icon = /* @__PURE__ */ draw(
  'M9 5.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 19c0-3.3 2.5-5.5 6-5.5s6 2.2 6 5.5M15.5 6a2.8 2.8 0 0 1 0 5.3M17.5 14c2.2.6 3.5 2.4 3.5 5',
);
/** Lines: a queue. */
export const queueIcon: Icon = /* @__PURE__ */ draw('M4 6h16M4 12h16M4 18h9', 'mirror');
/** Lines under headings. */
export const groupedIcon: Icon = /* @__PURE__ */ draw('M4 6h8M8 10.5h12M4 15h8M8 19.5h12', 'mirror');
/** A medal: a skill. */
export const skillIcon: Icon = /* @__PURE__ */ draw('M12 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10M9 13.2l-1.5 7.3 4.5-2.4 4.5 2.4-1.5-7.3');
/** A branching way: a routing point. */
export const routingPointIcon: Icon = /* @__PURE__ */ draw(
  'M4 12h5c4 0 3-6 7-6h3.5M9 12c4 0 3 6 7 6h3.5M17 3.5 19.5 6 17 8.5M17 15.5l2.5 2.5-2.5 2.5',
  'mirror',
);
/** A card: a contact. */
export const contactIcon: Icon = /* @__PURE__ */ draw(
  'M3.5 6h17v12h-17zM8.5 9a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6M5.8 15.8c.3-1.2 1.3-2 2.7-2s2.4.8 2.7 2M14 10h3.5M14 14h2.5',
);
/** An envelope. */
export const emailIcon: Icon = /* @__PURE__ */ draw('M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7');
/** A sheet with a tick. */
export const workitemIcon: Icon = /* @__PURE__ */ draw('M5 4.5h14v15H5zM8.5 12l2.5 2.5L15.5 9');
/** A case: case information. */
export const caseIcon: Icon = /* @__PURE__ */ draw('M4 8h16v11H4zM9 8V5.5h6V8M4 13h16');
/** A paper plane: send; mirrored. */
export const sendIcon: Icon = /* @__PURE__ */ draw('M4 4.5 20.5 12 4 19.5 6.5 12zM6.5 12H13', 'mirror');
/** Two sheets: copy. */
export const copyIcon: Icon = /* @__PURE__ */ draw('M9 9h11v11H9zM5 15H4V4h11v1');
/** An arrow to a line: download. */
export const downloadIcon: Icon = /* @__PURE__ */ draw('M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15');
/** A pencil: edit. */
export const editIcon: Icon = /* @__PURE__ */ draw('m4 20 1-4.5L16 4.5 19.5 8 8.5 19zM13.5 7l3.5 3.5');
/** A bell. */
export const bellIcon: Icon = /* @__PURE__ */ draw(BELL);
/** A bell struck through: no sound. */
export const bellOffIcon: Icon = /* @__PURE__ */ draw(BELL + SLASH);
