import { expect, test } from 'vitest';
import { createMockServer } from '../src/index.js';

test('the favicon that browsers request is served, and not logged', async () => {
  const server = createMockServer();
  const response = await server.fetch(new URL('/favicon.ico', server.issuer));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/svg+xml');
  expect(server.control.requests.list()).toEqual([]);
});
