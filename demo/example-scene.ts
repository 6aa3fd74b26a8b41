/** What is going on in the examples: conversations in every state, held by real services (see in-page-desks.ts). */
import type { Interaction, SipService } from '../src/services/index.js';
import { until, type OpenDesk } from './in-page-desks.js';

/** The agents whose desks the examples show or need. */
const USERS = ['kate', 'john', 'aki', 'renee', 'jurgen', 'zofia'] as const;

/** The interaction that Kate asks about. */
export const INTERACTION: Interaction = {
  id: 'call-1',
  media: 'voice',
  label: 'Broken TV',
  party: 'Avril Mai',
  caseData: [
    { key: 'type', label: 'Call Type', value: 'Support' },
    { key: 'priority', label: 'Priority', value: 'High' },
    { key: 'reason', label: 'Reason', value: 'Broken TV' },
    { key: 'segment', label: 'Segment', value: 'Gold' },
  ],
  contact: { id: 'contact-1', name: 'Avril Mai', language: 'English' },
};

type Desks = ReadonlyMap<string, SipService>;

/** The desks, and the sessions of Kate that the examples name. */
export interface Scene {
  readonly desks: Desks;
  readonly sessions: ReadonlyMap<string, string>;
}

const deskOf = (desks: Desks, user: string): SipService => {
  const desk = desks.get(user);
  if (!desk) throw new Error(`${user} has no desk in the examples.`);
  return desk;
};

const sessionsOf = ({ snapshot }: SipService): readonly string[] => snapshot.get('sessions') ?? [];

/** One agent writes to another for the first time. @returns the id at the caller */
function invite(desks: Desks, from: string, to: string, text: string, interaction?: Interaction): string {
  const desk = deskOf(desks, from);
  const name = deskOf(desks, to).snapshot.get('account')?.name ?? to;
  const target = { type: 'agent', address: `sip:${to}@deskside.test`, name } as const;
  const id = desk.im.open(target, interaction ? { interaction } : {});
  desk.im.send(id, text);
  return id;
}

/** Waits for the invitation of an agent at another. @returns the id at the callee */
async function invited(desks: Desks, at: string, by: string): Promise<string> {
  const desk = deskOf(desks, at);
  const find = (): string | undefined =>
    sessionsOf(desk).findLast((id) => {
      const session = desk.snapshot.get(`session:${id}`);
      return session?.direction === 'incoming' && session.peer.user === by;
    });
  await until(desk, `an invitation of ${by}`, () => find() !== undefined);
  return find() ?? '';
}

const reaches = (desk: SipService, id: string, status: string): Promise<void> =>
  until(desk, `a session that is ${status}`, () => desk.snapshot.get(`session:${id}`)?.status === status);

/** Kate and John talk. @returns the id at Kate's */
async function talk(desks: Desks): Promise<string> {
  const [kate, john] = [deskOf(desks, 'kate'), deskOf(desks, 'john')];
  const id = invite(desks, 'kate', 'john', 'Hello John, can you please help me with this call?', INTERACTION);
  const there = await invited(desks, 'john', 'kate');
  await john.im.accept(there);
  await reaches(kate, id, 'connected');
  john.im.send(there, 'Yes! Is it model X-200? The manual is at https://example.com/x-200');
  await until(john, 'a delivered line', () => kate.snapshot.get(`transcript:${id}`)?.count === 4);
  kate.im.send(id, 'It is. Serial number ends in 8841.\nThe customer is on hold. 🙂');
  return id;
}

/** Renée says no, with words. @returns the id at Kate's */
async function rejected(desks: Desks): Promise<string> {
  const id = invite(desks, 'kate', 'renee', 'Do you speak Portuguese?');
  const there = await invited(desks, 'renee', 'kate');
  await deskOf(desks, 'renee').im.reject(there, { text: 'In a call, try Zofia' });
  await reaches(deskOf(desks, 'kate'), id, 'ended');
  return id;
}

/** Zofia asked and left again: at Kate's desk it is a missed one. */
async function missed(desks: Desks): Promise<void> {
  const id = invite(desks, 'zofia', 'kate', 'Quick question about the refund');
  const there = await invited(desks, 'kate', 'zofia');
  await deskOf(desks, 'zofia').im.end(id);
  await reaches(deskOf(desks, 'kate'), there, 'ended');
}

/** Plays it all. */
export async function playScene(open: OpenDesk): Promise<Scene> {
  const desks: Desks = new Map(await Promise.all(USERS.map(async (user) => [user, await open(user)] as const)));
  const kate = deskOf(desks, 'kate');
  const connected = await talk(desks);
  const ended = await rejected(desks);
  await missed(desks);
  const establishing = invite(desks, 'kate', 'jurgen', 'Are you there?');
  const fresh = kate.im.open({ type: 'agent', address: 'sip:aki@deskside.test', name: 'Aki Mori' });
  invite(desks, 'aki', 'kate', 'Can you take the late shift on Friday?');
  invite(desks, 'zofia', 'kate', 'The customer is asking for you by name.', { ...INTERACTION, id: 'call-2', media: 'chat' });
  await Promise.all([invited(desks, 'kate', 'aki'), invited(desks, 'kate', 'zofia'), reaches(kate, establishing, 'establishing')]);
  const asked = await invited(desks, 'john', 'kate');
  const call = { type: 'agent', address: 'sip:kate@deskside.test', name: 'Kate Lewis' } as const;
  if (kate.calls.available) void deskOf(desks, 'renee').calls.start(call);
  return { desks, sessions: new Map(Object.entries({ connected, ended, establishing, fresh, asked })) };
}
