/** A longer run with new mutants each time: `npm run fuzz`. A failure names its seed; put the mutant into test/fixtures. */
import { expect } from '@open-wc/testing';
import { fuzz } from './fuzz.js';
import { TARGETS } from './targets.js';

const TOTAL = 2_000_000;
const ROUND = 1_000;

describe('long fuzzing', () => {
  for (const target of TARGETS) {
    it(target.name, async function () {
      this.timeout(0);
      const first = Math.floor(Math.random() * 2 ** 31);
      const rounds = (TOTAL * target.weight) / 100 / ROUND;
      for (let round = 0; round < rounds; round++) {
        const { failures } = fuzz(target, first + round, ROUND);
        expect(failures).to.deep.equal([]);
        await new Promise((resolve) => setTimeout(resolve));
      }
    });
  }
});
