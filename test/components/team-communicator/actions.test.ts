import { expect } from '@open-wc/testing';
import { actionsFor, typedTarget } from '../../../src/components/team-communicator/actions.js';
import type { ActionFacts } from '../../../src/components/team-communicator/reasons.js';
import { TARGET_TYPES, type PresenceState, type Target } from '../../../src/services/index.js';
import { ADA, CALL, JOHN, QUEUE } from './support.js';

const FACTS: ActionFacts = {
  mode: 'main',
  rights: ['im-use', 'im-make', 'im-release', 'voice'],
  channels: { im: { state: 'ready' }, voice: { state: 'ready' } },
  own: 'sip:kate@deskside.test',
  online: true,
  callsAvailable: true,
  inCall: true,
  interaction: undefined,
  presence: { state: 'ready', channels: { im: { state: 'ready' }, voice: { state: 'ready' } } },
  favorite: false,
  corporate: false,
};

/** `action`, or `action: reason`. */
function offered(facts: Partial<ActionFacts>, target: Target): string[] {
  return actionsFor({ ...FACTS, ...facts }, target).map(({ action, reason, number }) =>
    [action, number && ` ${number}`, reason && `: ${reason}`].filter(Boolean).join(''),
  );
}

const presence = (state: PresenceState): ActionFacts['presence'] => ({ state, channels: { im: { state }, voice: { state } } });
const REASONS = {
  'not-ready': 'target-not-ready',
  'after-call-work': 'target-not-ready',
  busy: 'target-busy',
  'do-not-disturb': 'do-not-disturb',
  'logged-off': 'target-logged-off',
} as const;
const JANE: Target = { type: 'agent', address: 'sip:jane@deskside.test', name: 'Jane Moss' };
const KATE: Target = { type: 'agent', address: FACTS.own, name: 'Kate Lewis' };

/** Facts, target, and what is offered: one line for each rule. */
type Line = readonly [string, Partial<ActionFacts>, Target, readonly string[]];

const TABLE: readonly Line[] = [
  ['an agent', {}, JOHN, ['im', 'call', 'call 47-11', 'call +49 171 555', 'add-favorite']],
  ['a queue', {}, QUEUE, ['im', 'call', 'add-favorite']],
  ['a contact: no messages', {}, ADA, ['call +1 555 0199', 'add-favorite']],
  ['no calls: absent, not dead', { callsAvailable: false }, JOHN, ['im', 'add-favorite']],
  ['a contact without calls', { callsAvailable: false }, ADA, ['add-favorite']],
  ['without im-use nothing of messages', { rights: ['voice'] }, QUEUE, ['call', 'add-favorite']],
  ['without im-make', { rights: ['im-use', 'voice'] }, QUEUE, ['im: reason.no-right', 'call', 'add-favorite']],
  ['without voice', { rights: ['im-use', 'im-make'] }, QUEUE, ['im', 'call: reason.no-right', 'add-favorite']],
  ['oneself', {}, KATE, ['im: reason.self', 'call: reason.self', 'add-favorite']],
  ['offline', { online: false }, QUEUE, ['im: reason.offline', 'call: reason.offline', 'add-favorite']],
  [
    'logged off oneself',
    { channels: { im: { state: 'logged-off' }, voice: { state: 'logged-off' } } },
    QUEUE,
    ['im: reason.not-logged-in', 'call: reason.not-logged-in', 'add-favorite'],
  ],
  ['an agent who is logged off', { presence: presence('logged-off') }, JANE, ['im: reason.target-logged-off', 'call', 'add-favorite']],
  [
    'an agent who is not to be disturbed',
    { presence: presence('do-not-disturb') },
    JANE,
    ['im: reason.do-not-disturb', 'call', 'add-favorite'],
  ],
  ['an agent who is Not Ready can be asked', { presence: presence('not-ready') }, JANE, ['im', 'call', 'add-favorite']],
  ['an agent of whom nothing is known', { presence: undefined }, JANE, ['im', 'call', 'add-favorite']],
  ['a personal favorite', { favorite: true }, QUEUE, ['im', 'call', 'edit-favorite', 'remove-favorite']],
  ['a corporate favorite', { favorite: true, corporate: true }, QUEUE, ['im', 'call', 'remove-favorite: favorite.corporate']],
  ['consulting', { mode: 'consult', interaction: CALL }, QUEUE, ['consult-im', 'consult-voice', 'transfer', 'conference', 'add-favorite']],
  [
    'consulting about an e-mail: there is no call to hand over',
    { mode: 'consult', interaction: { ...CALL, media: 'email' } },
    QUEUE,
    ['consult-im', 'consult-voice', 'add-favorite'],
  ],
  [
    'consulting while no call is up',
    { mode: 'consult', interaction: CALL, inCall: false },
    QUEUE,
    ['consult-im', 'consult-voice', 'add-favorite'],
  ],
  [
    'a host that does not transfer',
    { mode: 'consult', interaction: { ...CALL, can: { transfer: false } } },
    QUEUE,
    ['consult-im', 'consult-voice', 'transfer: reason.host', 'conference', 'add-favorite'],
  ],
  ['consulting a contact', { mode: 'consult', interaction: CALL }, ADA, ['consult-voice', 'transfer', 'conference', 'add-favorite']],
  ['transferring', { mode: 'transfer', interaction: CALL }, QUEUE, ['transfer', 'add-favorite']],
  ['conferring', { mode: 'conference', interaction: CALL }, QUEUE, ['conference', 'add-favorite']],
  ...(Object.keys(REASONS) as (keyof typeof REASONS)[]).map((state): Line => [
    `a voice consultation with somebody who is ${state}`,
    { mode: 'consult', interaction: { ...CALL, media: 'chat' }, presence: { state: 'ready', channels: { voice: { state } } } },
    JANE,
    ['consult-im', `consult-voice: reason.${REASONS[state]}`, 'add-favorite'],
  ]),
];

describe('actions on a target', () => {
  for (const [what, facts, target, expected] of TABLE) {
    it(`for ${what}`, () => expect(offered(facts, target)).to.deep.equal(expected));
  }

  it('are never messages for contacts, and always for all others', () => {
    for (const type of TARGET_TYPES) {
      expect(offered({}, { ...QUEUE, type }).includes('im'), type).to.equal(type !== 'contact');
    }
  });
});

describe('a typed target', () => {
  it('is a SIP address, or where it can be dialled a number', () => {
    expect(typedTarget('SIP:New@Deskside.TEST', false)).to.deep.include({ type: 'agent', address: 'sip:New@deskside.test' });
    expect(typedTarget('(0171) 555-0199', true)).to.deep.include({ type: 'contact', address: 'tel:01715550199', name: '(0171) 555-0199' });
    expect(typedTarget('４７１１', true)?.address).to.equal('tel:4711');
    expect(typedTarget('4711', false)).to.equal(undefined);
    for (const text of ['', 'john', '7', 'a@', '@b', 'javascript:alert(1)', '47 11 x'])
      expect(typedTarget(text, true), text).to.equal(undefined);
  });
});
