/** Bundles a page of the benchmark from source and serves it on loopback: a page of its own origin has sockets, media and storage. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { serveOnLoopback } from '../support/loopback.js';

const TSCONFIG = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** A page that is served. */
export interface ServedPage {
  readonly url: string;
  close(): void;
}

/** @param file of `pages/`, without its ending */
export async function servePage(file: string): Promise<ServedPage> {
  const entry = fileURLToPath(new URL(`pages/${file}.ts`, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    tsconfig: TSCONFIG,
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  const server = await serveOnLoopback(({ url }, response) => {
    const isScript = url === '/page.js';
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : '<!doctype html><title>Bench</title><script type="module" src="page.js"></script>');
  });
  return { url: `${server.origin}/`, close: () => void server.close() };
}
