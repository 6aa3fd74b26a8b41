/** Reads records of a directory. A bad record is named and left out; fields that nobody asked for (passwords, say) are dropped. */
import { parseAddress } from '../domain/party.js';
import { TARGET_TYPES, type Target, type TargetNumber } from '../domain/target.js';
import { ServiceError } from '../service-error.js';

type Fields = Readonly<Record<string, unknown>>;

function text(value: unknown): string | undefined {
  const read = typeof value === 'string' ? value.toWellFormed().trim().slice(0, 256) : '';
  return read || undefined;
}

function readNumbers(value: unknown): TargetNumber[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).flatMap((entry: unknown) => {
    const fields = (typeof entry === 'object' && entry !== null ? entry : { number: entry }) as Fields;
    const number = text(fields['number']);
    return number ? [{ label: text(fields['label']) ?? '', number }] : [];
  });
}

/**
 * Reads one record.
 * @param at its place in the list, for the error
 * @param list what the list is called in the error
 * @throws ServiceError `directory` that names the record and what is wrong with it
 */
export function readTarget(value: unknown, at: number, list = 'directory'): Target {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  const name = text(fields['name']);
  const label = `Record ${at + 1}${name ? ` ("${name}")` : ''} of the ${list}`;
  const type = TARGET_TYPES.find((one) => one === (fields['type'] ?? 'agent'));
  if (!type) throw new ServiceError('directory', `${label} has an unknown type. Use one of: ${TARGET_TYPES.join(', ')}.`);
  if (!name) throw new ServiceError('directory', `${label} has no name.`);
  const numbers = readNumbers(fields['numbers']);
  const sip = parseAddress(text(fields['address']) ?? '')?.address;
  const address = sip ?? (type === 'contact' && numbers[0] ? `tel:${numbers[0].number.replace(/[^\d+]/g, '')}` : undefined);
  if (!address) throw new ServiceError('directory', `${label} has no SIP address (sip:user@domain).`);
  const [user, email, group] = [text(fields['user']), text(fields['email']), text(fields['group'])];
  const skills = Array.isArray(fields['skills']) ? fields['skills'].slice(0, 50).flatMap((skill) => text(skill) ?? []) : [];
  return {
    type,
    address,
    name,
    ...(user ? { user } : {}),
    ...(email ? { email } : {}),
    ...(numbers.length ? { numbers } : {}),
    ...(group ? { group } : {}),
    ...(skills.length ? { skills } : {}),
  };
}
