/**
 * Finds the browsers that tests run in, and says how to launch them. Used by the runner and by tests that drive a page from Node.
 * `CHROME_PATH` and `FIREFOX_PATH` name a browser outright.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {'chromium' | 'firefox'} BrowserKind */

/** Where each browser usually is: environment variable, names on the PATH, whole paths of macOS and Windows. */
const PLACES = {
  chromium: {
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    paths: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  },
};

/** @type {BrowserKind[]} */
export const BROWSERS = ['chromium', 'firefox'];

/** Chromium calls home and renders on a GPU unless told not to; its sandbox cannot run as root. */
const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // Without mDNS names in its ICE candidates, two pages reach each other over loopback where no multicast is. Without the priority policy a page
  // that is not in front has the processor's time at a third of what every other program gets: on a busy machine its tests stood still.
  '--disable-features=PMProcessPriorityPolicy,WebRtcHideLocalIpsWithMdns,Translate,OptimizationHints,MediaRouter',
];

/** Fake microphones, ICE over loopback, and no calls home. */
const FIREFOX_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'app.update.enabled': false,
  'browser.region.network.url': '',
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.http.speculative-parallel-limit': 0,
  'toolkit.telemetry.enabled': false,
};

/** Who launches a browser also closes it, after a signal too; puppeteer's own handlers would end the process before the rest is stopped. */
const LAUNCH = { headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/**
 * The path of a program on the PATH; absent where it is not installed.
 * @param {string} name
 */
export function findProgram(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find((path) => existsSync(path));
}

/**
 * The path of a browser; absent where none was found.
 * @param {BrowserKind} kind
 * @returns {string | undefined}
 */
export function findBrowser(kind) {
  const { variable, names, paths } = PLACES[kind];
  const named = process.env[variable];
  if (named && existsSync(named)) return named;
  for (const name of names) {
    const path = findProgram(name);
    if (path) return path;
  }
  return paths.find((path) => existsSync(path));
}

/**
 * Options for puppeteer's `launch`.
 * @param {BrowserKind} kind
 * @throws Error where the browser is not installed
 */
export function launchOptions(kind) {
  const executablePath = findBrowser(kind);
  if (!executablePath) throw new Error(`No ${kind} was found. Install one, or name it in ${PLACES[kind].variable}.`);
  if (kind === 'firefox') return { ...LAUNCH, browser: /** @type {const} */ ('firefox'), executablePath, extraPrefsFirefox: FIREFOX_PREFS };
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...CHROMIUM_ARGS] : CHROMIUM_ARGS;
  return { ...LAUNCH, browser: /** @type {const} */ ('chrome'), executablePath, args };
}
