/** Which of several devices' answers the caller gets (RFC 3261 section 16.7 step 6). */

/** Lower rank wins. */
type Rank = (status: number) => number;

/** These tell the caller what to change, so they go before other refusals. */
const HELPFUL = new Set([401, 407, 415, 420, 484]);

/** One agent: a person's decision (6xx) first; a device that never answered (408) says least. */
const agentRank: Rank = (status) => {
  if (status >= 600) return status - 600;
  if (HELPFUL.has(status)) return 100 + status;
  if (status === 408) return 3000;
  return status >= 400 && status < 500 ? 1000 + status : 4000 + status;
};

/** Several agents behind one address: "nobody answered" is truer than "somebody rejected" as soon as one of them just rang. */
const GROUP_ORDER: readonly number[] = [480, 487, 408, 486];
const groupRank: Rank = (status) => {
  const index = GROUP_ORDER.indexOf(status);
  return index >= 0 ? index : 100 + status;
};

/** An answer and the agent whose device gave it. */
export interface OwnedAnswer {
  readonly owner: string;
  readonly status: number;
}

function best<Answer extends OwnedAnswer>(answers: readonly Answer[], rank: Rank): Answer | undefined {
  return answers.reduce<Answer | undefined>(
    (found, answer) => (found === undefined || rank(answer.status) < rank(found.status) ? answer : found),
    undefined,
  );
}

/** The answer to pass on: first the best of each agent's devices, then the best among the agents. */
export function bestAnswer<Answer extends OwnedAnswer>(answers: readonly Answer[]): Answer | undefined {
  const owners = new Map<string, Answer[]>();
  for (const answer of answers) owners.set(answer.owner, [...(owners.get(answer.owner) ?? []), answer]);
  const perOwner = [...owners.values()].map((own) => best(own, agentRank)).filter((answer) => answer !== undefined);
  return best(perOwner, groupRank);
}
