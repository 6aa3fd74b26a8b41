/** Making elements by hand: the CRM is no part of Deskside and uses nothing of it but the adapter. */

/** An element with attributes and children; text stays text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A button. */
export function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button' }, label);
  made.addEventListener('click', onClick);
  return made;
}
