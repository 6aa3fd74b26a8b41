/** How many were found, in words: for headings, and for those who do not see them. */
import type { DesksideElement } from '../internal/base-element.js';
import type { Filter, ResultGroup, Results } from './results.js';

function countOf(results: Results, group: ResultGroup): number {
  return results.rows.filter((row) => row.group === group).length;
}

/** Heading above the internal targets: "10 of 312 matching internal targets". */
export function internalWords(element: DesksideElement, results: Results, scope: Filter['scope']): string {
  const { total: count } = results;
  const shown = countOf(results, 'internal');
  if (scope !== 'all' && count === shown) return element.text(`communicator.${scope}`, { count });
  if (!count) return element.text('communicator.none-internal');
  return count > shown ? element.text('communicator.capped-internal', { shown, count }) : element.text('communicator.internal', { count });
}

/** Heading above the contacts. */
export function contactWords(element: DesksideElement, results: Results): string {
  const { contacts: count } = results;
  const shown = countOf(results, 'contacts');
  return count > shown ? element.text('communicator.capped-contacts', { shown, count }) : element.text('communicator.contacts', { count });
}

/** What is said once typing rests; nothing where nothing was asked for. */
export function spokenWords(element: DesksideElement, results: Results, scope: Filter['scope']): string {
  if (!results.asked) return '';
  const internal = internalWords(element, results, scope);
  return results.contacts ? `${internal}. ${contactWords(element, results)}` : internal;
}
