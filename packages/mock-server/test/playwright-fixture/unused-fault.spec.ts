import { expect } from '@playwright/test';
import { test } from '@sesamy-kit/mock-server/playwright';

const JWKS = 'https://token.sesamy.com/.well-known/jwks.json';

// One after another in one worker, so that each would see leftovers of the one before.
test.describe.configure({ mode: 'default' });

test('a test plans a fault that hits no request', ({ sesamy }) => {
  sesamy.control.faults.add({ endpoint: 'jwks', status: 503 });
});

test('a test plans no fault', ({ sesamy }) => {
  expect(sesamy.control.faults.list()).toEqual([]);
});

test('a test plans a fault that hits', async ({ sesamy }) => {
  sesamy.control.faults.add({ endpoint: 'jwks', status: 503 });
  expect((await sesamy.fetch(JWKS)).status).toBe(503);
});

test('a test fails before its fault is due', ({ sesamy }) => {
  sesamy.control.faults.add({ endpoint: 'jwks', status: 503 });
  throw new Error('Its own reason.');
});
