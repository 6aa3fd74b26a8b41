/** Reads what a host answers. Wrong shapes become a `ServiceError` `host` that names the field; nothing else gets through. */
import { problemWords, readCaseEntries, readContact, readInteraction } from '../domain/read-interaction.js';
import type { Contact, Interaction } from '../domain/interaction.js';
import { ServiceError } from '../service-error.js';
import type { HistoryItem, HostCallAction, HostCallState, HostCapabilities, Page } from './host-adapter.js';

/** Entries of one history page that are read at most. */
const MAX_PAGE = 200;

/** Characters of one text that are kept. */
export const MAX_TEXT = 2000;

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ServiceError('host', `The page answered with a malformed ${what}: an object was expected.`);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed().slice(0, MAX_TEXT) : undefined;
}

function required(value: unknown, what: string): string {
  const read = text(value);
  if (read) return read;
  throw new ServiceError('host', `The page answered without ${what}.`);
}

function time(value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isFinite(at) ? at : 0;
}

const CAPABILITIES: readonly (keyof HostCapabilities)[] = [
  'interaction',
  'contact',
  'history',
  'callControl',
  'notify',
  'badge',
  'resize',
  'reveal',
  'openRecord',
  'log',
];

/** Capability flags; anything but `true` is no. */
export function readCapabilities(value: unknown): HostCapabilities {
  const given = fields(value, 'list of capabilities');
  return Object.fromEntries(CAPABILITIES.filter((name) => given[name] === true).map((name) => [name, true]));
}

/** An interaction, or null for none. */
export function readHostInteraction(value: unknown): Interaction | null {
  if (value === null || value === undefined) return null;
  const { interaction, problems } = readInteraction(value);
  if (!interaction) throw new ServiceError('host', `The page answered with a malformed interaction: ${problemWords(problems)}`);
  return interaction;
}

/** A contact, or null for none. */
export function readHostContact(value: unknown): Contact | null {
  if (value === null || value === undefined) return null;
  const problems: string[] = [];
  const contact = readContact(value, problems);
  if (!contact) throw new ServiceError('host', `The page answered with a malformed contact: ${problemWords(problems)}`);
  return contact;
}

function readItem(value: unknown, at: number): HistoryItem {
  const item = fields(value, `history entry ${at}`);
  const details = readCaseEntries(item['details'], []);
  const [status, agent] = [text(item['status']), text(item['agent'])];
  return {
    id: required(item['id'], `an id in history entry ${at}`),
    media: text(item['media']) ?? '',
    subject: text(item['subject']) ?? '',
    at: time(item['at']),
    ...(status ? { status } : {}),
    ...(agent ? { agent } : {}),
    ...(details.length ? { details } : {}),
  };
}

/** A page of contact history. */
export function readHistoryPage(value: unknown): Page<HistoryItem> {
  const page = fields(value, 'history page');
  if (!Array.isArray(page['items']))
    throw new ServiceError('host', 'The page answered with a malformed history page: items must be a list.');
  const cursor = text(page['cursor']);
  const total = page['total'];
  return {
    items: page['items'].slice(0, MAX_PAGE).map(readItem),
    ...(cursor ? { cursor } : {}),
    ...(typeof total === 'number' && total >= 0 ? { total } : {}),
  };
}

const CALL_STATUSES: readonly HostCallState['status'][] = ['ringing', 'connected', 'held', 'ended'];
/** What can be asked of a call of the host's. */
export const CALL_ACTIONS: readonly HostCallAction[] = [
  'hold',
  'resume',
  'swap',
  'consult',
  'cancel-consult',
  'transfer',
  'complete-transfer',
  'conference',
  'complete-conference',
  'end',
];

/** State of the host's call. */
export function readCallState(value: unknown): HostCallState {
  const state = fields(value, 'call state');
  const status = CALL_STATUSES.find((one) => one === state['status']);
  if (!status) throw new ServiceError('host', 'The page answered with a malformed call state: unknown status.');
  const can = typeof state['can'] === 'object' && state['can'] !== null ? (state['can'] as Fields) : {};
  return {
    callId: required(state['callId'], 'a call id'),
    status,
    party: text(state['party']) ?? '',
    can: Object.fromEntries(CALL_ACTIONS.filter((action) => can[action] === true).map((action) => [action, true])),
  };
}

/** Calls of a host that are read at most. */
const MAX_CALLS = 20;

/** States of all of the host's calls. */
export function readCallStates(value: unknown): readonly HostCallState[] {
  if (!Array.isArray(value)) throw new ServiceError('host', 'The page answered with a malformed list of calls.');
  return value.slice(0, MAX_CALLS).map(readCallState);
}
