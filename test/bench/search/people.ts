/** Made-up agents and what people type to find them: the same ones at every run. */
import type { Target } from '../../../src/services/index.js';

/** A query and whom it was meant for. */
export interface Query {
  readonly text: string;
  readonly wanted: string;
  readonly kind: string;
}

const SYLLABLES = 'an ber cor dal el fin gar han il jo kar lu mar nor ol per qui ros san tor ur vin wil xa yen zo'.split(' ');
const GROUPS = 'Billing,Claims,Customer Care,Technical Support,Retention,Sales,Fraud,Onboarding'.split(',');
const SKILLS = 'English,German,French,Polish,Japanese,Arabic,Networks,Returns,Refunds,Contracts'.split(',');
const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', o: 'ø', u: 'ü', l: 'ł' };

/** A small generator (mulberry32), so that figures can be compared. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes agents. */
export function makeAgents(count: number): Target[] {
  const next = random(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const word = (parts: number): string => {
    const text = Array.from({ length: parts }, () => pick(SYLLABLES)).join('');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const given = Array.from({ length: 800 }, () => word(2));
  const family = Array.from({ length: 6000 }, () => word(3));
  return Array.from({ length: count }, (_, at) => {
    const [first, last] = [pick(given), pick(family)];
    const plain = `${first} ${last}`;
    const name = next() < 0.1 ? plain.replace(/[aeoul]/, (letter) => ACCENTS[letter] ?? letter) : plain;
    const user = `${first[0] ?? ''}${last}${at}`.toLowerCase();
    return {
      type: 'agent',
      address: `sip:${user}@deskside.test`,
      name,
      user,
      email: `${first}.${last}${at}@deskside.test`.toLowerCase(),
      numbers: [{ label: 'Direct', number: `+1 (555) ${String(1_000_000 + at * 7).slice(0, 3)}-${String(1_000_000 + at * 7).slice(3)}` }],
      group: pick(GROUPS),
      skills: [pick(SKILLS), pick(SKILLS)],
    };
  });
}

const slip = (text: string, next: () => number): string => {
  const at = 1 + Math.floor(next() * (text.length - 2));
  return next() < 0.5
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
};

const KINDS: readonly (readonly [string, (target: Target, next: () => number) => string])[] = [
  ['name', ({ name }) => name],
  [
    'two beginnings',
    ({ name }) =>
      name
        .split(' ')
        .map((word) => word.slice(0, 4))
        .join(' '),
  ],
  ['turned around', ({ name }) => name.split(' ').reverse().join(' ')],
  ['login', ({ user = '' }) => user],
  ['e-mail', ({ email = '' }) => email],
  ['number', ({ numbers }) => (numbers?.[0]?.number ?? '').replace(/\D/g, '').slice(1)],
  [
    'slip',
    ({ name }, next) =>
      name
        .split(' ')
        .map((word, at) => (at ? slip(word, next) : word))
        .join(' '),
  ],
  ['inside', ({ name }) => `${name.split(' ')[0] ?? ''} ${(name.split(' ')[1] ?? '').slice(2)}`],
];

/** Makes queries, of each kind as many. */
export function makeQueries(agents: readonly Target[], count: number): Query[] {
  const next = random(11);
  return Array.from({ length: count }, (_, at) => {
    const target = agents[Math.floor(next() * agents.length)] as Target;
    const [kind, make] = KINDS[at % KINDS.length] as (typeof KINDS)[number];
    return { text: make(target, next), wanted: target.address, kind };
  });
}
