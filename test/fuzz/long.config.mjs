/** The runner's configuration for `npm run fuzz`: one file takes as long as it takes. */
import config from '../../web-test-runner.config.mjs';

export default { ...config, files: ['test/fuzz/long.fuzz.ts'], testsFinishTimeout: 60 * 60 * 1000 };
