import { expect } from '@open-wc/testing';
import { agent, names, searchOver } from './support.js';

const address = (name: string): string => agent(name).address;

describe('ranking', () => {
  it('puts what equals a whole field first, then beginnings in the name, then in other fields, then inside words, then slips', async () => {
    const search = await searchOver([
      agent('Xsander Hall'),
      agent('Amy Hall', { group: 'Sanders' }),
      agent('Sandra Hall'),
      agent('Sand'),
      agent('Ursula Sxnd'),
    ]);
    expect(names(search('sand'))).to.deep.equal(['Sand', 'Sandra Hall', 'Amy Hall', 'Xsander Hall']);
    const some = await searchOver([
      agent('Xsander Hall'),
      agent('Amy Hall', { group: 'Sanders' }),
      agent('Ursula Sxnd'),
      agent('Sandra Hall'),
    ]);
    expect(names(some('sand'))).to.deep.equal(['Sandra Hall', 'Amy Hall', 'Xsander Hall', 'Ursula Sxnd']);
  });

  it('puts favorites and recents before Ready, Ready before others, and then goes by name', async () => {
    const people = ['Jo Adams', 'Jo Baker', 'Jo Clark', 'Jo Dean', 'Jo Evans'].map((name) => agent(name));
    const search = await searchOver(people, {
      isFavorite: (one) => one === address('Jo Evans'),
      isRecent: (one) => one === address('Jo Dean'),
      stateOf: (one) => (one === address('Jo Clark') || one === address('Jo Evans') ? 'ready' : 'busy'),
      preferred: () => [address('Jo Evans'), address('Jo Dean')],
    });
    expect(names(search('jo'))).to.deep.equal(['Jo Evans', 'Jo Dean', 'Jo Clark', 'Jo Adams', 'Jo Baker']);
  });

  it('does not let a favorite overtake a better match', async () => {
    const people = [agent('Dan Johnson'), agent('Adrian Ajohn')];
    const favorite = people[1]?.address ?? '';
    const search = await searchOver(people, { isFavorite: (one) => one === favorite, preferred: () => [favorite] });
    expect(names(search('john'))).to.deep.equal(['Dan Johnson', 'Adrian Ajohn']);
  });

  it('does the same where ten thousand match', async () => {
    const people = Array.from({ length: 10_000 }, (_, at) =>
      agent(`Joan ${String(at).padStart(5, '0')}`, { address: `sip:j${at}@deskside.test` }),
    );
    const last = 'sip:j9999@deskside.test';
    const search = await searchOver(people, {
      isFavorite: (one) => one === last,
      preferred: () => [last, 'sip:stranger@deskside.test'],
      stateOf: (one) => (one === 'sip:j7@deskside.test' ? 'ready' : 'unknown'),
    });
    for (const text of ['j', 'jo', 'joan', '']) {
      const found = search(text, { limit: 3 });
      expect(names(found), text).to.deep.equal(['Joan 09999', 'Joan 00007', 'Joan 00000']);
      expect(found.total, text).to.equal(10_000);
    }
  });

  it('says who is a favorite, corporate or recent', async () => {
    const search = await searchOver([agent('Jo Adams')], { isFavorite: () => true, isCorporate: () => true, isRecent: () => true });
    expect(search('jo').hits[0]).to.include({ favorite: true, corporate: true, recent: true });
  });
});
