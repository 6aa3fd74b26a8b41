/** A web site that has the package and nothing else of this project: what an integrator copies to a server. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { serveOnLoopback, type LoopbackServer } from '../support/loopback.js';
import { ROOT } from '../support/root.mjs';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };

/** A page, or a script of one. */
export interface Resource {
  readonly body: string;
  /** Content-Security-Policy; none where absent. */
  readonly policy?: string;
}

/** The site while it runs. */
export interface Site extends LoopbackServer {
  /** What is there besides the package's files, by path. */
  readonly resources: Map<string, Resource>;
}

/** As strict as it goes: scripts and sheets of the site alone, Trusted Types. @param more sources of scripts besides */
export function strictPolicy(socket: string, more = ''): string {
  return [
    `default-src 'none'; script-src 'self' ${more}; style-src 'self'; img-src 'self' data:; media-src 'self' data: blob:`,
    `connect-src 'self' ${socket}; base-uri 'none'; form-action 'none'`,
    `require-trusted-types-for 'script'; trusted-types lit-html`,
  ].join('; ');
}

/** How a policy names an inline script. */
export function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** Serves the files of `folder` at /package/ and at the root those of its dist/, and node_modules at /node_modules/. */
export async function startSite(folder: string): Promise<Site> {
  const resources = new Map<string, Resource>();
  const places = [
    ['/package/', folder],
    ['/node_modules/', join(ROOT, 'node_modules')],
    ['/', join(folder, 'dist')],
  ] as const;
  const server = await serveOnLoopback((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)).replaceAll('\\', '/');
    const own = resources.get(path);
    const [prefix = '', place = ''] = places.find(([start]) => path.startsWith(start)) ?? [];
    const file = join(place, path.slice(prefix.length));
    if (!own && !existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('Content-Type', `${TYPES[extname(path)] ?? 'text/plain'};charset=utf-8`);
    if (own?.policy) response.setHeader('Content-Security-Policy', own.policy);
    response.end(own?.body ?? readFileSync(file));
  });
  return { ...server, resources };
}
