/** Words for the developer of the page. The only place of the elements where the console is used. */

const said = new WeakMap<object, Set<string>>();

/**
 * Warns once per object and reason.
 * @param subject what is concerned: an element, a class, a registry
 * @param reason short key that tells one warning from another (`'no-provider'`)
 * @param message a sentence that says what to do; never message text, case data or credentials
 */
export function warnOnce(subject: object, reason: string, message: string): void {
  let reasons = said.get(subject);
  if (!reasons) said.set(subject, (reasons = new Set()));
  if (reasons.has(reason)) return;
  reasons.add(reason);
  const name = subject instanceof Element ? `<${subject.localName}>` : 'deskside';
  console.warn(`${name}: ${message}`);
}
