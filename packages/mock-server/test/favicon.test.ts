import { expect, test } from 'vitest';
import { createMockServer } from '../src/index.js';

test('the icon that browsers request of every origin is there, and not in the log', async () => {
  const server = createMockServer();
  const response = await server.fetch(new URL('/favicon.ico', server.issuer));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/svg+xml');
  expect(server.control.requests.list()).toEqual([]);
});
