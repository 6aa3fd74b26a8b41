/** An agent with a telephone, for specs of calls that read as dialogues. */
import type { Call, CallStatus, TargetRef } from '../../src/services/index.js';
import { agent, type Agent, type AgentOptions } from '../support/agent.js';
import { telephone, type Telephone } from '../support/telephone.js';

/** Tones that codecs and browsers leave alone, far from each other. */
const TONES: Readonly<Record<string, number>> = { kate: 440, john: 880, aki: 1320, johanna: 1760 };

/** An agent and the telephone; without a call named, commands mean the newest one. */
export class Caller {
  readonly agent: Agent;
  readonly phone: Telephone;

  constructor(one: Agent, phone: Telephone) {
    this.agent = one;
    this.phone = phone;
  }

  get name(): string {
    return this.agent.name;
  }

  get service(): Agent['service'] {
    return this.agent.service;
  }

  /** Every call, oldest first. */
  get calls(): readonly Call[] {
    const { snapshot } = this.agent.service;
    return (snapshot.get('calls') ?? []).flatMap((id) => snapshot.get(`call:${id}`) ?? []);
  }

  /** The newest call. */
  get call(): Call {
    const call = this.calls.at(-1);
    if (!call) throw new Error(`${this.name} has no call.`);
    return call;
  }

  /** The call with somebody. */
  with(user: string): Call {
    const call = this.calls.findLast(({ peer }) => peer.user === user);
    if (!call) throw new Error(`${this.name} has no call with ${user}.`);
    return call;
  }

  /** Waits until the newest call, or the one named, is in this state. */
  sees(status: CallStatus, callId?: string): Promise<Call> {
    return this.agent.until(`a call that is ${status}`, () => {
      const call = callId === undefined ? this.calls.at(-1) : this.calls.find(({ id }) => id === callId);
      return call?.status === status && call.pending === undefined && call;
    });
  }

  /** Waits until a call is as wanted. */
  seesThat(what: string, condition: (call: Call) => boolean, callId?: string): Promise<Call> {
    return this.agent.until(what, () => {
      const call = callId === undefined ? this.calls.at(-1) : this.calls.find(({ id }) => id === callId);
      return call && condition(call) ? call : undefined;
    });
  }

  /** Waits for a call of somebody that can be answered. */
  isCalledBy(user: string): Promise<Call> {
    return this.agent.until(`a call of ${user}`, () => this.calls.find(({ status, peer }) => status === 'alerting' && peer.user === user));
  }

  /** Calls a demo agent. @returns the call's id */
  dials(user: string, options: Parameters<Agent['service']['calls']['start']>[1] & { target?: Partial<TargetRef> } = {}): string {
    const { target, ...rest } = options;
    return this.service.calls.start({ type: 'agent', address: `sip:${user}@deskside.test`, name: user, ...target }, rest);
  }

  answers(callId = this.call.id): Promise<void> {
    return this.service.calls.answer(callId);
  }
}

/** A demo agent with a telephone, logged in on both channels. */
export async function caller(name: string, { on, ...config }: AgentOptions): Promise<Caller> {
  const phone = telephone(TONES[name] ?? 600, on.open);
  const made = await agent(name, { on, network: phone.network, autoLogin: ['im', 'voice'], ...config });
  await made.until('being logged in on voice', () => made.service.snapshot.get('channels')?.voice.state === 'ready');
  return new Caller(made, phone);
}

/** Two who talk: the first has called the second. */
export async function talking(on: AgentOptions['on'], one = 'kate', other = 'john'): Promise<readonly [Caller, Caller]> {
  const [first, second] = [await caller(one, { on }), await caller(other, { on })];
  first.dials(other);
  await second.isCalledBy(one);
  await second.answers();
  await first.sees('connected');
  await second.sees('connected');
  return [first, second];
}
