/** What Kamailio reads beside its configuration: addresses, accounts, presence lists. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Accounts, type Account } from '../core/accounts.js';
import { credentialHash, type DigestAlgorithm } from '../core/digest.js';
import { escapeXml, quoted } from '../core/text.js';

/** What the generated files depend on. */
export interface KamailioSettings {
  readonly accounts: readonly Account[];
  readonly domain: string;
  readonly host: string;
  readonly wsPort: number;
  readonly sipPort: number;
  readonly algorithm: DigestAlgorithm;
}

/** Table definitions that come with Debian's package. */
const TABLES = '/usr/share/kamailio/dbtext/kamailio';
const TABLE_NAMES = ['version', 'presentity', 'active_watchers', 'watchers', 'xcap', 'pua', 'rls_presentity', 'rls_watchers'];
const TEMPLATE = new URL('../../kamailio/kamailio.cfg', import.meta.url);
/** `doc_type` of rls-services in Kamailio's xcap table. */
const RLS_SERVICES = 8;

/** Writes everything into `directory`; returns the path of the configuration. */
export async function writeFiles(directory: string, settings: KamailioSettings): Promise<string> {
  const accounts = new Accounts(settings.domain, settings.accounts);
  const groups = settings.accounts.filter(({ members }) => members !== undefined).map(({ address }) => accounts.userOf(address) ?? '');
  const configuration = join(directory, 'kamailio.cfg');
  await writeFile(configuration, await readFile(TEMPLATE));
  await writeFile(join(directory, 'settings.cfg'), settingsText(directory, settings));
  await writeFile(join(directory, 'accounts.cfg'), accountsText(accounts, groups, settings.algorithm), { mode: 0o600 });
  const tables = join(directory, 'dbtext');
  await mkdir(tables);
  for (const name of TABLE_NAMES) await cp(join(TABLES, name), join(tables, name));
  await writeFile(join(tables, 'xcap'), (await readFile(join(TABLES, 'xcap'), 'utf8')).trimEnd() + '\n' + listRows(accounts, groups));
  return configuration;
}

function settingsText(directory: string, { domain, host, wsPort, sipPort, algorithm }: KamailioSettings): string {
  const values = { DS_DOMAIN: domain, DS_HOST: host, DS_WS_PORT: wsPort, DS_SIP_PORT: sipPort, DS_RUN: directory, DS_DIGEST: algorithm };
  const lines = Object.entries(values).map(([name, value]) => `#!substdef "!${name}!${value}!g"`);
  return [...lines, `listen=tcp:${host}:${wsPort}`, `listen=udp:${host}:${sipPort}`, `listen=tcp:${host}:${sipPort}`, ''].join('\n');
}

function accountsText(accounts: Accounts, groups: readonly string[], algorithm: DigestAlgorithm): string {
  const agents = accounts.agentUsers().flatMap((user) => {
    const agent = accounts.agent(user);
    const hash = credentialHash(algorithm, user, accounts.domain, agent?.password ?? '');
    return [`    $sht(ha1=>${user}) = "${hash}";`, `    $sht(name=>${user}) = "${escapeString(quoted(agent?.name ?? user))}";`];
  });
  const lists = groups.flatMap((group) => {
    const members = accounts.members(group) ?? [];
    return [`    $sht(members=>${group}) = "${members.join(';')}";`, `    $sht(size=>${group}) = ${members.length};`];
  });
  return [...agents, ...lists, ''].join('\n');
}

/** A string of Kamailio's configuration language in which nothing is a variable. */
function escapeString(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replaceAll('$', '$$$$');
}

/** One rls-services document (RFC 4826) per watcher, as rls looks them up by watcher. */
function listRows(accounts: Accounts, groups: readonly string[]): string {
  const services = [['team', accounts.agentUsers()] as const, ...groups.map((group) => [group, accounts.members(group) ?? []] as const)];
  const listed = services.map(([name, users]) => serviceXml(accounts, name, users)).join('');
  const document =
    '<?xml version="1.0" encoding="UTF-8"?><rls-services xmlns="urn:ietf:params:xml:ns:rls-services" ' +
    `xmlns:rl="urn:ietf:params:xml:ns:resource-lists">${listed}</rls-services>`;
  const escaped = document.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
  const rows = accounts.agentUsers().map((user, index) => {
    const id = index + 1;
    return `${id}:${user}:${accounts.domain}:${escaped}:${RLS_SERVICES}:e${id}:0:/rls-services/users/${user}/index:0`;
  });
  return `${rows.join('\n')}\n`;
}

function serviceXml(accounts: Accounts, name: string, users: readonly string[]): string {
  const entries = users.map((user) => `<rl:entry uri="${escapeXml(accounts.addressOf(user))}"/>`).join('');
  return `<service uri="${accounts.addressOf(name)}"><list name="${name}">${entries}</list><packages><package>presence</package></packages></service>`;
}
