/**
 * Installs the system packages that tests need, as root on a Debian-like system. Elsewhere it does nothing:
 * the runner uses what is there and says what could not run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, findProgram } from '../browsers.mjs';

/** A package is told by the program or the Kamailio module that it brings. */
const PACKAGES = [
  { name: 'chromium', isThere: () => findBrowser('chromium') !== undefined },
  { name: 'firefox-esr', isThere: () => findBrowser('firefox') !== undefined },
  { name: 'kamailio', isThere: () => findProgram('kamailio') !== undefined },
  { name: 'kamailio-websocket-modules', isThere: () => hasKamailioModule('websocket') },
  { name: 'kamailio-presence-modules', isThere: () => hasKamailioModule('presence') },
  { name: 'kamailio-extra-modules', isThere: () => hasKamailioModule('uuid') },
  { name: 'coturn', isThere: () => findProgram('turnserver') !== undefined },
  { name: 'sip-tester', isThere: () => findProgram('sipp') !== undefined },
];

/** A package must not start its service: the tests start a Kamailio and a coturn of their own. 101 = "forbidden by policy" (invoke-rc.d). */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

/**
 * Whether Debian's Kamailio has this module; its folder lies below the architecture's.
 * @param {string} name
 */
export function hasKamailioModule(name) {
  const libraries = '/usr/lib';
  if (!existsSync(libraries)) return false;
  return readdirSync(libraries).some((folder) => existsSync(join(libraries, folder, 'kamailio', 'modules', `${name}.so`)));
}

/** @param {string[]} args */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** @param {string[]} names */
function install(names) {
  const ownPolicy = !existsSync(SERVICE_POLICY);
  if (ownPolicy) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update');
    // One package that a distribution lacks must not keep the others away.
    if (!apt('install', '--no-install-recommends', ...names)) names.forEach((name) => apt('install', '--no-install-recommends', name));
  } finally {
    if (ownPolicy) rmSync(SERVICE_POLICY, { force: true });
  }
}

/** Installs what is missing, where that can be done. Never fails: what is missing afterwards, the runner reports. */
export function installSystemPackages() {
  const missing = PACKAGES.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  if (missing.length === 0 || !canInstall) return;
  console.log(`Installing ${missing.join(', ')}…`);
  install(missing);
}
