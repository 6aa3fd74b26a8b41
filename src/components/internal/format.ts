/** Times and numbers the way of the person's language, through `Intl`; formatters are kept, for making one is slow. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let formatter = formatters.get(key);
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat(locale, options)));
  return formatter;
}

/** The last answer of each formatter that knows no less than seconds: lines of a busy transcript share theirs. */
const lastOf = new Map<Intl.DateTimeFormat, { readonly second: number; readonly words: string }>();

/** Formats a time of which nothing below seconds is shown. */
function toTheSecond(formatter: Intl.DateTimeFormat, ms: number): string {
  const second = Math.floor(ms / 1000);
  const last = lastOf.get(formatter);
  if (last?.second === second) return last.words;
  const words = formatter.format(ms);
  lastOf.set(formatter, { second, words });
  return words;
}

/** Whether a wall-clock time in ms is one that a date can hold. */
const isTime = (ms: number): boolean => Number.isFinite(ms) && Math.abs(ms) <= 8.64e15;

/** Time of day with seconds: `11:19:35`, `7:26:45 PM`. */
export function formatTime(ms: number, locale: string): string {
  return isTime(ms) ? toTheSecond(dateFormat(locale, 'time', { hour: 'numeric', minute: '2-digit', second: '2-digit' }), ms) : '';
}

/** Day and time in full, for a title: `Friday, 21 November 2025 at 11:19:35`. */
export function formatFull(ms: number, locale: string): string {
  return isTime(ms) ? toTheSecond(dateFormat(locale, 'full', { dateStyle: 'full', timeStyle: 'medium' }), ms) : '';
}

/** A day without time: `12 Nov`, with the year where it is another than now's. */
export function formatDay(ms: number, locale: string, now: number): string {
  if (!isTime(ms)) return '';
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const name = sameYear ? 'day' : 'day-year';
  return dateFormat(locale, name, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(ms);
}

/** Whole days from one wall-clock time to another, by the calendar of this place. */
function daysBetween(from: number, to: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(12, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** Whether two times fall on different days here: then a separator stands between. */
export function isOtherDay(a: number, b: number): boolean {
  return new Date(a).toDateString() !== new Date(b).toDateString();
}

/** Label of a day separator: `Today`, `Yesterday`, else weekday and date. */
export function formatDaySeparator(ms: number, locale: string, now: number): string {
  if (!isTime(ms)) return '';
  const days = daysBetween(now, ms);
  if (days !== 0 && days !== -1) {
    return dateFormat(locale, 'separator', { weekday: 'long', day: 'numeric', month: 'long' }).format(ms);
  }
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago, or ahead: `3 minutes ago`. */
export function formatRelative(ms: number, locale: string, now: number): string {
  if (!isTime(ms)) return '';
  const seconds = Math.round((ms - now) / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

const parts = (ms: number): readonly [hours: number, minutes: number, seconds: number] => {
  const seconds = Number.isFinite(ms) ? Math.max(0, Math.floor(ms / 1000)) : 0;
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
};

const two = (value: number): string => String(value).padStart(2, '0');

/** Elapsed time, `00:00:51`; hours go on beyond 99. Digits stay European, as in the timers of every language's desks. */
export function formatElapsed(ms: number): string {
  return parts(ms).map(two).join(':');
}

/** Time left, `0:14`; with hours where there are any. What has begun of a second counts as a whole one. */
export function formatCountdown(ms: number): string {
  const [hours, minutes, seconds] = parts(Math.ceil(ms / 1000) * 1000);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** An ISO 8601 duration for `<time datetime>` of an elapsed time: `PT0H0M51S`. */
export function isoDuration(ms: number): string {
  const [hours, minutes, seconds] = parts(ms);
  return `PT${hours}H${minutes}M${seconds}S`;
}
