import { expect } from '@open-wc/testing';
import { Inbox } from '../../../../src/services/protocol/im/inbox.js';
import { FakeClock } from '../fakes.js';

/** An inbox that writes down what it shows. */
function inbox() {
  const clock = new FakeClock();
  const shown: string[] = [];
  const box = new Inbox(clock.environment(), ({ text }) => shown.push(text));
  const receive = (text: string, seq?: number, id = `id-${text}`): void =>
    box.receive({ kind: 'text', text, wantsRead: false, ...(id ? { id } : {}), ...(seq === undefined ? {} : { seq }) });
  return { box, clock, shown, receive };
}

describe('The inbox', () => {
  it('shows each id once', () => {
    const { shown, receive } = inbox();
    receive('a', 1);
    receive('a', 1);
    receive('b', 2);
    receive('a', 3, 'id-a');
    expect(shown).to.deep.equal(['a', 'b']);
  });

  it('shows texts without id or number as they come', () => {
    const { shown, receive } = inbox();
    receive('a', undefined, '');
    receive('a', undefined, '');
    expect(shown).to.deep.equal(['a', 'a']);
  });

  it('puts what overtook back into its place', () => {
    const { shown, receive } = inbox();
    receive('1', 1);
    receive('4', 4);
    receive('3', 3);
    expect(shown).to.deep.equal(['1']);
    receive('2', 2);
    expect(shown).to.deep.equal(['1', '2', '3', '4']);
  });

  it('waits for a missing one no longer than 2 s, and shows it when it comes after all', async () => {
    const { clock, shown, receive } = inbox();
    receive('1', 1);
    receive('3', 3);
    await clock.pass(1999);
    expect(shown).to.deep.equal(['1']);
    await clock.pass(1);
    expect(shown).to.deep.equal(['1', '3']);
    receive('2', 2);
    receive('4', 4);
    expect(shown).to.deep.equal(['1', '3', '2', '4']);
    expect(clock.timers).to.equal(0);
  });

  it('holds no more than 64 back', () => {
    const { shown, receive } = inbox();
    receive('1', 1);
    for (let seq = 3; seq <= 67; seq += 1) receive(String(seq), seq);
    expect(shown).to.have.length(66);
  });

  it('begins anywhere, and anew after the dialog was picked up', () => {
    const { box, shown, receive } = inbox();
    receive('7', 7);
    receive('8', 8);
    box.rebase();
    receive('20', 20);
    expect(shown).to.deep.equal(['7', '8', '20']);
  });

  it('shows at the end what still waits, and keeps no timer', () => {
    const { box, clock, shown, receive } = inbox();
    receive('1', 1);
    receive('3', 3);
    box.close();
    expect(shown).to.deep.equal(['1', '3']);
    expect(clock.timers).to.equal(0);
  });

  it('gives nobody the id of a system line', () => {
    const ids: string[] = [];
    const box = new Inbox(new FakeClock().environment(), ({ id }) => ids.push(id));
    box.receive({ kind: 'text', text: 'x', wantsRead: false, id: 'system-0' });
    expect(ids).to.deep.equal(['peer-system-0']);
  });
});
