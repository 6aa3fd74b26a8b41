/** 100,000 mutants through the codecs, the same ones every time. */
import { expect } from '@open-wc/testing';
import { FOUND } from '../fixtures/found-by-fuzzing.js';
import { fuzz } from './fuzz.js';
import { TARGETS } from './targets.js';

const TOTAL = 100_000;
const SEED = 20_260_101;

describe('fuzzing', () => {
  it('shares all mutants out', () => expect(TARGETS.reduce((sum, target) => sum + target.weight, 0)).to.equal(100));

  for (const [name, mutant] of FOUND)
    it(`${name}: what was found is read rightly: ${JSON.stringify(mutant).slice(-40)}`, () => {
      TARGETS.find((target) => target.name === name)?.read(mutant);
      expect(TARGETS.map((target) => target.name)).to.include(name);
    });

  for (const target of TARGETS) {
    it(`${target.name}: nothing throws, nothing hangs`, function () {
      this.timeout(60_000);
      const { failures } = fuzz(target, SEED, (TOTAL * target.weight) / 100);
      expect(failures.map((failure) => `${failure.problem}\n${JSON.stringify(failure.mutant)}`)).to.deep.equal([]);
    });
  }
});
