/**
 * Checks a command that may come from anywhere: another tab, a script of the page. What is no command is refused; nothing but known fields of
 * the right type passes on.
 */
import type { Command } from '../domain/commands.js';
import { NOTICES } from '../domain/notices.js';
import { TARGET_TYPES } from '../domain/target.js';
import { ServiceError } from '../service-error.js';

type Check = (value: unknown) => boolean;

/** Longest id or address, and longest text, in UTF-16 units; longer ones are a mistake or an attack. */
const MAX_NAME = 1024;
const MAX_TEXT = 1_000_000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const name: Check = (value) => typeof value === 'string' && value !== '' && value.length <= MAX_NAME;
const text: Check = (value) => typeof value === 'string' && value.length <= MAX_TEXT;
const flag: Check = (value) => typeof value === 'boolean';
const list: Check = (value) => Array.isArray(value) && value.length <= 100_000;
const record: Check = isRecord;
const target: Check = (value) =>
  isRecord(value) && TARGET_TYPES.some((type) => type === value['type']) && name(value['address']) && text(value['name']);
const notice: Check = (value) => NOTICES.some((known) => known === value);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const SESSION = { sessionId: name };
const CALL = { callId: name };

/** Fields of each command. */
const FIELDS: Readonly<Record<Command['type'], Readonly<Record<string, Check>>>> = {
  'im.open': { ...SESSION, target, interaction: maybe(record), caseData: maybe(record) },
  'im.send': { ...SESSION, messageId: name, text },
  'im.retry': { ...SESSION, messageId: name },
  'im.accept': SESSION,
  'im.reject': { ...SESSION, text: maybe(text), busy: maybe(flag) },
  'im.dismiss': SESSION,
  'im.end': SESSION,
  'im.close': SESSION,
  'im.page': SESSION,
  'im.typing': { ...SESSION, active: flag },
  'im.read': SESSION,
  'im.case': { ...SESSION, data: list, ended: maybe(flag) },
  'channel.set': { channel: name, setting: name, reason: maybe(text) },
  'account.update': {
    displayName: maybe(text),
    rights: maybe(list),
    outboundCampaign: maybe(orNull(text)),
    withheld: maybe((value) => Array.isArray(value) && value.every(notice)),
  },
  'notices.set': { notice, on: flag },
  'connection.retry': {},
  'presence.watch': { watcher: name, addresses: list },
  'call.start': {
    ...CALL,
    target,
    number: maybe(text),
    interaction: maybe(record),
    sessionId: maybe(name),
    role: maybe(name),
    contactId: maybe(name),
    tab: maybe(name),
  },
  'call.answer': { ...CALL, tab: maybe(name) },
  'call.reject': CALL,
  'call.hold': CALL,
  'call.resume': CALL,
  'call.end': CALL,
  'call.close': CALL,
  'call.mute': { ...CALL, muted: flag },
  'call.dtmf': { ...CALL, tones: text },
  'call.transfer': { ...CALL, target, number: maybe(text) },
  'call.complete-transfer': { ...CALL, consultationId: name },
  'call.complete-conference': { ...CALL, consultationId: name },
};

/**
 * The command, if it is one.
 * @throws ServiceError `configuration` that names the field at fault
 */
export function readCommand(command: unknown): Command {
  const type = isRecord(command) ? command['type'] : undefined;
  const fields = typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type as Command['type']] : undefined;
  if (!isRecord(command) || !fields)
    throw new ServiceError('configuration', 'This is no command of the service. Use the methods of SipService.');
  const bad = Object.entries(fields).find(([field, check]) => !check(command[field]));
  if (bad) throw new ServiceError('configuration', `The field "${bad[0]}" of the command "${String(type)}" is missing or malformed.`);
  return command as unknown as Command;
}
