/** The context by which a provider gives its strings and its language to the elements that use it. */
import { createContext } from '@lit/context';
import type { StringsOverride } from './strings.js';

/** What a provider says about words. A new object is given for each change. */
export interface StringsSource {
  readonly strings?: StringsOverride;
  /** Language tag set on the provider; counts where the element's surroundings name none. */
  readonly lang?: string;
}

/** Key of the shared strings; the number is the version of this contract. */
export const stringsContext = createContext<StringsSource | undefined>(Symbol.for('deskside/strings/1'));
