import { expect } from '@open-wc/testing';
import type { Command } from '../../../src/services/domain/commands.js';
import { createPresenceCommands } from '../../../src/services/service/presence-commands.js';
import { FakeClock, settled } from '../protocol/fake-clock.js';

const users = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `sip:agent${from + at}@deskside.test`);

/** The commands of a tab, and what it told the engine that it watches. */
function tab() {
  const clock = new FakeClock();
  const told: (readonly string[])[] = [];
  const bus = {
    execute: (command: Command) => {
      if (command.type === 'presence.watch') told.push(command.addresses);
      return Promise.resolve();
    },
    configure: () => undefined,
    reconnect: () => undefined,
    stop: () => Promise.resolve(),
  };
  return { clock, told, commands: createPresenceCommands(bus, 'tab', clock.environment()) };
}

describe('Watching thousands', () => {
  it('reads them a little at a time, and tells of all of them once', async () => {
    const { clock, told, commands } = tab();
    commands.watch(users(0, 2000), new AbortController().signal);
    await settled();
    expect([told.length, clock.timers]).to.deep.equal([0, 1]);
    await clock.pass(0);
    expect(told).to.deep.equal([users(0, 2000)]);
  });

  it('ended midway leaves nothing of them, and those who are watched besides', async () => {
    const { clock, told, commands } = tab();
    const [many, few] = [new AbortController(), new AbortController()];
    commands.watch(users(0, 2000), many.signal);
    commands.watch(users(0, 3), few.signal);
    many.abort();
    await clock.pass(0);
    expect(told).to.deep.equal([users(0, 3)]);
    few.abort();
    await clock.pass(0);
    expect(told).to.deep.equal([users(0, 3), []]);
  });

  it('takes the list as it was when it was given', async () => {
    const { clock, told, commands } = tab();
    const list = users(0, 2000);
    commands.watch(list, new AbortController().signal);
    list.length = 0;
    await clock.pass(0);
    expect(told.map(({ length }) => length)).to.deep.equal([2000]);
  });

  it('who follow one another are told without a gap between', async () => {
    const { clock, told, commands } = tab();
    const before = new AbortController();
    commands.watch(users(0, 2000), before.signal);
    await clock.pass(0);
    commands.watch(users(1000, 3000), new AbortController().signal);
    before.abort();
    await clock.pass(0);
    expect(told.slice(1).map((addresses) => [...addresses].sort())).to.deep.equal([users(1000, 3000).sort()]);
  });
});
