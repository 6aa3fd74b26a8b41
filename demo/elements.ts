/** Every element live, in its states, beside the HTML that makes it. */
import '../src/components/define-all.js';
import { INTERACTION, playScene, type Scene } from './example-scene.js';
import { inPageDesks } from './in-page-desks.js';

/** What the host of these examples offers as reasons for Not Ready. */
const REASONS = ['Lunch', 'Training', 'After Call Work'];

/** The HTML of an example as somebody would paste it, with its provider where it has one. */
function code(element: Element, alone: boolean): HTMLElement {
  const block = document.createElement('pre');
  const text = document.createElement('code');
  // `=""` is how the browser writes an attribute that is only there.
  const words = element.outerHTML.replaceAll('=""', '');
  text.textContent = alone ? words : `<sip-provider …>\n  ${words}\n</sip-provider>`;
  block.tabIndex = 0;
  block.append(text);
  return block;
}

/** Puts the example that a template describes in its place. */
function show(template: HTMLTemplateElement, { desks, sessions }: Scene): void {
  const { desk, session, interaction, reasons } = template.dataset;
  const element = template.content.firstElementChild?.cloneNode(true);
  if (!(element instanceof HTMLElement)) return;
  const id = session === undefined ? undefined : sessions.get(session);
  if (id !== undefined) element.setAttribute('session-id', id);
  const shown = code(element, desk === undefined);
  const service = desk === undefined ? undefined : desks.get(desk);
  const live = document.importNode(element, true);
  Object.assign(live, {
    ...(service ? { service } : {}),
    ...(interaction === undefined ? {} : { interaction: INTERACTION }),
    ...(reasons === undefined ? {} : { reasons: REASONS }),
  });
  const place = document.createElement('div');
  place.className = service ? 'example' : 'example alone';
  place.append(live);
  template.replaceWith(place, shown);
}

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed));
}

/** The buttons above: width, theme and direction. */
function listen(examples: HTMLElement): void {
  const widths = [...document.querySelectorAll<HTMLElement>('[data-width]:is(button)')];
  for (const button of widths) {
    button.addEventListener('click', () => {
      examples.dataset['width'] = button.dataset['width'] ?? '';
      widths.forEach((one) => press(one, one === button));
    });
  }
  let dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = document.querySelector<HTMLElement>('#theme');
  if (theme) press(theme, dark);
  theme?.addEventListener('click', () => {
    dark = !dark;
    document.documentElement.classList.toggle('dark', dark);
    document.documentElement.classList.toggle('light', !dark);
    press(theme, dark);
  });
  const direction = document.querySelector<HTMLElement>('#direction');
  direction?.addEventListener('click', () => {
    const turned = examples.dir !== 'rtl';
    examples.dir = turned ? 'rtl' : 'ltr';
    press(direction, turned);
  });
}

async function start(): Promise<void> {
  const examples = document.querySelector<HTMLElement>('#examples');
  const state = document.querySelector<HTMLElement>('#state');
  if (!examples || !state) return;
  listen(examples);
  try {
    const scene = await playScene(await inPageDesks('data/agents.json'));
    for (const template of examples.querySelectorAll('template')) show(template, scene);
    state.textContent = '';
    state.hidden = true;
    examples.dataset['ready'] = '';
  } catch (error) {
    state.textContent = error instanceof Error ? error.message : String(error);
  }
}

void start();
