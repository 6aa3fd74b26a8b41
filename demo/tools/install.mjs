/**
 * Installs the node modules where they are missing or not those of the lock file.
 * Plain Node without dependencies: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = 20;

/** @typedef {{version?: string, optional?: boolean, peer?: boolean, devOptional?: boolean, link?: boolean}} LockedPackage */

/**
 * The packages of a lock file by path; empty where the file is missing or broken.
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether every package of the lock file is installed in its locked version. Optional packages belong to other platforms.
 * npm keeps what it installed in a second lock file inside node_modules; comparing the two is exact where comparing dates is not.
 * @param {string} root folder of the project
 */
export function modulesAreCurrent(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const locked = Object.entries(packagesOf(join(root, 'package-lock.json')));
  if (Object.keys(installed).length === 0) return false;
  return locked.every(([path, { version, optional, devOptional, link }]) => {
    if (path === '' || optional || devOptional || link) return true;
    return installed[path]?.version === version;
  });
}

/**
 * Runs npm with these arguments, through the npm that started us where there is one.
 * @param {string} root
 * @param {string[]} args
 */
function npm(root, args) {
  const own = process.env['npm_execpath'];
  const options = /** @type {const} */ ({ cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)) return spawnSync(process.execPath, [own, ...args], options).status === 0;
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' }).status === 0;
}

/**
 * Makes sure that node_modules is what the lock file says.
 * @param {string} root folder of the project
 * @throws Error with what to do, where Node is too old or npm fails
 */
export function installModules(root) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Deskside needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Install a newer Node and try again.`);
  }
  if (modulesAreCurrent(root)) return;
  console.log('Installing node modules…');
  const flags = ['--include=dev', '--no-audit', '--no-fund'];
  if (npm(root, ['ci', ...flags])) return;
  // An npm that reads the lock file otherwise (older, or with settings of its own) still finds the same versions.
  if (npm(root, ['install', '--no-save', ...flags])) return;
  throw new Error('npm could not install the node modules. Check the network and the messages above, then try again.');
}
