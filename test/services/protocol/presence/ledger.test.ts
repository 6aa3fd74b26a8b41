import { expect } from '@open-wc/testing';
import type { Presence } from '../../../../src/services/domain/presence.js';
import { Ledger } from '../../../../src/services/protocol/presence/ledger.js';

const READY: Presence = { state: 'ready', channels: { im: { state: 'ready' } } };
const BUSY: Presence = { state: 'busy', channels: { im: { state: 'busy' } } };

describe('The ledger', () => {
  it('that forgets everything tells so, but not of whom it learns meanwhile', () => {
    const told: string[] = [];
    const ledger = new Ledger((address, { state }) => told.push(`${address} ${state}`));
    for (const address of ['a', 'b', 'c']) {
      ledger.learn(address, READY);
      ledger.show(address);
    }
    const telling = ledger.clear()[Symbol.iterator]();
    expect([...ledger.known]).to.deep.equal([]);
    telling.next();
    ledger.learn('b', BUSY);
    ledger.show('b');
    while (!telling.next().done);
    expect(told.slice(3)).to.deep.equal(['a unknown', 'b busy', 'c unknown']);
  });
});
