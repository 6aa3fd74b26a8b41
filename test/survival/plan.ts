/** What happens to a conversation, made from a seed: the same seed makes the same plan. */
import { below, pick, seeded } from '../fuzz/random.js';
import { CUT_KINDS, type Cut } from './cut-proxy.js';

/** Those who talk. */
export type Name = 'kate' | 'john';
/** Both. */
export const NAMES: readonly Name[] = ['kate', 'john'];

/** What is done to the pages besides cuts and restarts. */
export type Trouble = 'none' | 'reload' | 'leader-killed';

/** How much. */
export interface Size {
  readonly seed: number;
  /** Texts in each direction. */
  readonly texts: number;
  readonly cuts: number;
  readonly restarts: number;
  readonly trouble: Trouble;
  /** Texts (in each direction) between two troubles. */
  readonly every: number;
}

/** One thing to do once that many texts are written in each direction. */
export type Step = { readonly at: number } & (
  | { readonly do: 'cut'; readonly who: Name; readonly cut: Cut }
  | { readonly do: 'restart' }
  | { readonly do: 'trouble'; readonly who: Name }
);

/** Bytes of some texts: cuts come in the first of them or in a later one, or while the page registers again. */
const FAR = 6000;
/** Longest time that one side believes in a dead socket, ms. */
const LAG = 1500;

/** Makes it. */
export function planOf({ seed, texts, cuts, restarts, trouble, every }: Size): Step[] {
  const random = seeded(seed);
  const at = (): number => 1 + below(random, texts - 1);
  const steps: Step[] = [];
  for (let count = 0; count < cuts; count += 1) {
    const cut: Cut = {
      kind: pick(random, CUT_KINDS),
      from: pick(random, ['page', 'switch'] as const),
      after: below(random, FAR),
      lag: below(random, LAG),
    };
    steps.push({ do: 'cut', at: at(), who: pick(random, NAMES), cut });
  }
  for (let count = 0; count < restarts; count += 1) steps.push({ do: 'restart', at: at() });
  for (let count = every; trouble !== 'none' && count < texts; count += every)
    steps.push({ do: 'trouble', at: count, who: pick(random, NAMES) });
  return steps.sort((one, other) => one.at - other.at);
}
