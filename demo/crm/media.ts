/** What the CRM shows of each medium. */
import type { HostCallAction } from '../../src/services/hosts/host-adapter.js';
import type { Interaction, InteractionMedia } from '../../src/services/index.js';
import type { CrmCall } from './call.js';
import { button, el } from './dom.js';

interface Medium {
  readonly place: string;
  /** What ends the interaction. */
  readonly finish: string;
  body(interaction: Interaction, call?: CrmCall): Node[];
}

const CALL_BUTTONS: readonly (readonly [HostCallAction, string])[] = [
  ['hold', 'Hold'],
  ['resume', 'Retrieve'],
];

function voice(_interaction: Interaction, call?: CrmCall): Node[] {
  const buttons = CALL_BUTTONS.map(([action, label]) => {
    const made = button(label, () => call?.act(action));
    made.disabled = call?.state.can[action] !== true;
    return made;
  });
  return [
    el('div', { class: 'tools' }, ...buttons),
    el('p', { class: 'script' }, 'Greet the caller, check name and serial number, then ask what happened before the picture went dark.'),
    el('ol', { class: 'steps' }, el('li', {}, 'Power key, ten seconds'), el('li', {}, 'Other socket'), el('li', {}, 'Offer an exchange')),
  ];
}

function email({ party, label }: Interaction): Node[] {
  return [
    el('dl', { class: 'mail' }, el('dt', {}, 'From'), el('dd', {}, party), el('dt', {}, 'Subject'), el('dd', {}, label)),
    el(
      'blockquote',
      {},
      el('p', {}, 'Dear team,'),
      el('p', {}, 'invoice 2026-0917 was taken from our account twice, on the 3rd and on the 5th. Please return one of the two amounts.'),
      el('p', {}, 'Kind regards'),
    ),
    el('textarea', { 'aria-label': 'Reply', rows: '3', placeholder: 'Write a reply' }),
  ];
}

function chat({ party }: Interaction): Node[] {
  const line = (who: string, text: string): HTMLElement =>
    el('li', { class: who === party ? 'theirs' : 'ours' }, el('b', { dir: 'auto' }, who), el('span', { dir: 'auto' }, text));
  return [
    el(
      'ul',
      { class: 'chat' },
      line(party, 'مرحبا، طلبي لم يصل بعد'),
      line('Kate Lewis', 'Good morning! May I have the order number?'),
      line(party, '55-1029. It should have come on Monday.'),
    ),
    el('input', { 'aria-label': 'Reply', placeholder: 'Write to the contact' }),
  ];
}

function workitem(): Node[] {
  const task = (text: string, done: boolean): HTMLElement => {
    const box = el('input', { type: 'checkbox' });
    box.checked = done;
    return el('li', {}, el('label', {}, box, ` ${text}`));
  };
  return [
    el('p', {}, 'The customer waited three weeks for a spare part. The shop offers the price of the part as goodwill.'),
    el('ul', { class: 'tasks' }, task('Receipt is there', true), task('Amount within the limit', true), task('Second pair of eyes', false)),
  ];
}

/** By medium. */
export const MEDIA: Readonly<Record<InteractionMedia, Medium>> = {
  voice: { place: 'Calls', finish: 'End call', body: voice },
  email: { place: 'E-mails', finish: 'Mark done', body: email },
  chat: { place: 'Chats', finish: 'Close chat', body: chat },
  workitem: { place: 'Workitems', finish: 'Complete', body: workitem },
};
