/** Servers of the tests: on loopback, on a port that is free. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server while it runs. */
export interface LoopbackServer {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Ends it and every connection to it; settles when it is gone. */
  close(): Promise<void>;
}

/** Starts one. */
export async function serveOnLoopback(answer: RequestListener): Promise<LoopbackServer> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
