/**
 * How the browser suites are served and run. `npm test` (test/run.mjs) uses it per browser and adds the switches;
 * `npx wtr --files test/x.test.ts` works too, for suites that need no switch.
 */
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { BROWSERS, findBrowser, launchOptions } from './test/support/browsers.mjs';
import { UNCAUGHT } from './test/support/uncaught.mjs';

const SECOND = 1000;

/**
 * One browser of the runner.
 * @param {import('./test/support/browsers.mjs').BrowserKind} kind
 */
export const launcher = (kind) => puppeteerLauncher({ launchOptions: launchOptions(kind), concurrency: 1 });

/** What a page logs that says nothing: Lit's reminder of its development mode. @param {{args: unknown[]}} log */
const filterBrowserLogs = ({ args }) => !args.some((arg) => typeof arg === 'string' && arg.includes('Lit is in dev mode'));

/** @param {string} testFramework address of the test framework's module */
const testRunnerHtml = (testFramework) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Deskside tests</title>
  <script>
    const report = (event) => setTimeout(() => {
      const error = event.reason ?? event.error ?? event.message;
      if (!event.defaultPrevented) console.error(${JSON.stringify(UNCAUGHT)}, String(error?.stack ?? error));
    });
    addEventListener('error', report);
    addEventListener('unhandledrejection', report);
  </script></head>
  <body><script type="module" src="${testFramework}"></script></body>
</html>`;

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  files: ['test/**/*.test.ts'],
  nodeResolve: true,
  // One page per browser at a time: pages that share a browser take the focus, and the switches' accounts, from each other.
  concurrency: 1,
  browserStartTimeout: 120 * SECOND,
  testsStartTimeout: 120 * SECOND,
  testsFinishTimeout: 600 * SECOND,
  testFramework: { config: { timeout: 60 * SECOND } },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) })],
  browsers: BROWSERS.filter(findBrowser).map(launcher),
  filterBrowserLogs,
  testRunnerHtml,
};
