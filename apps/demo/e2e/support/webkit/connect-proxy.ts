import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A proxy that listens. */
export interface ConnectProxy {
  readonly url: string;
  close(): void;
}

/** Resolves every host to this machine. WebKit has no other option for this. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const server = createServer();
  server.on('connect', ({ url }, browser, head) => {
    const port = Number(new URL(`https://${String(url)}`).port);
    const upstream = connect(port, '127.0.0.1', () => {
      browser.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(browser).pipe(upstream);
    });
    // Either end may hang up; the other must then, too.
    upstream.on('error', () => browser.destroy());
    browser.on('error', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
