import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPortTaken, parsePort } from './ports.mjs';

function listen(host?: string): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen({ port: 0, host }, () => resolve((server.address() as AddressInfo).port));
  });
}

describe('a port', () => {
  test.each(['0', '5173', '65535'])('a port can be %s', (text) => {
    expect(parsePort(text, '--port')).toBe(Number(text));
  });

  test.each(['', '-1', '65536', '80.5', 'http', '0x50'])('a port cannot be "%s"', (text) => {
    expect(() => parsePort(text, '--port')).toThrow(`--port is "${text}", which is no port`);
  });

  test.each([undefined, '127.0.0.1', '0.0.0.0'])(
    'a port is in use when %s listens on it',
    async (host) => {
      expect(await isPortTaken(await listen(host))).toBe(true);
    },
  );

  test('a port is free when no process listens on it', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, () => resolve((server.address() as AddressInfo).port));
    });
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortTaken(port)).toBe(false);
  });
});
