/** The CRM's screen of one interaction: what is under way, the case in fields that can be changed, the contact. */
import type { Interaction } from '../../src/services/index.js';
import type { CrmCall } from './call.js';
import { MEDIA } from './media.js';
import { button, el } from './dom.js';

/** What is shown, and what may be done. */
export interface Screen {
  readonly interaction: Interaction;
  readonly call?: CrmCall;
  /** Takes over a changed interaction. */
  change(next: Interaction): void;
}

/** Fields with a choice of values. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  priority: ['Low', 'Normal', 'High', 'Urgent'],
  segment: ['Bronze', 'Silver', 'Gold', 'Business'],
};

function fill(id: string, ...content: (Node | string)[]): void {
  document.querySelector(`#${id}`)?.replaceChildren(...content);
}

function field(key: string, value: string): HTMLInputElement | HTMLSelectElement {
  const choices = CHOICES[key];
  if (!choices) return Object.assign(document.createElement('input'), { value });
  const select = document.createElement('select');
  select.append(...choices.map((choice) => new Option(choice, choice, false, choice === value)));
  return select;
}

/** The case as a form; each change is the whole new case. */
function caseForm({ interaction, change }: Screen): HTMLElement[] {
  return interaction.caseData.map(({ key, label, value }) => {
    const input = field(key, value);
    input.name = key;
    input.disabled = interaction.ended === true;
    input.addEventListener('change', () => {
      const caseData = interaction.caseData.map((entry) => (entry.key === key ? { ...entry, value: input.value } : entry));
      change({ ...interaction, caseData });
    });
    return el('label', {}, el('span', {}, label), input);
  });
}

function person({ contact }: Interaction): Node[] {
  const facts = Object.entries(contact ?? {}).filter(([name]) => name !== 'id');
  return [
    el('h2', {}, 'Contact'),
    el('dl', {}, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', { dir: 'auto' }, value)])),
  ];
}

/** Draws it. */
export function showScreen(screen: Screen): void {
  const { interaction, call, change } = screen;
  const ended = interaction.ended === true;
  const record = document.querySelector<HTMLElement>('#record');
  if (record) record.hidden = false;
  fill('place', `${MEDIA[interaction.media].place} › ${interaction.label}`);
  const finish = button(MEDIA[interaction.media].finish, () => {
    if (call?.state.can.end) call.act('end');
    change({ ...interaction, ended: true });
  });
  finish.disabled = ended;
  fill(
    'media',
    el(
      'div',
      { class: 'media-head' },
      el('h1', { dir: 'auto' }, interaction.party),
      el('span', { class: 'state' }, stateOf(screen)),
      finish,
    ),
    ...MEDIA[interaction.media].body(interaction, call),
  );
  // A field that is being written in is not pulled away.
  if (!document.querySelector('#case')?.contains(document.activeElement) || ended) {
    fill('case', el('h2', {}, 'Case'), ...caseForm(screen));
  }
  fill('person', ...person(interaction));
}

function stateOf({ interaction, call }: Screen): string {
  if (interaction.ended) return 'Ended';
  return call ? { ringing: 'Ringing', connected: 'On the line', held: 'On hold', ended: 'Ended' }[call.state.status] : 'Open';
}
