import { expect, stateOf, test } from './support/harness-test.js';

/* Node's fetch has no HTTP cache, so only a browser shows this. */

test('a login is accepted after a key rotation, though the browser has cached the old keys', async ({
  context,
  harness,
  site,
}) => {
  const keyRequests = (): number => site.mock.control.requests.count({ endpoint: 'jwks' });
  const page = await harness.open(context);
  await page.evaluate(() => localStorage.setItem('harness-verify-signature', ''));
  await harness.logIn(page);
  expect(keyRequests()).toBe(1);

  await harness.logIn(page);
  // The second login's keys came from the cache, otherwise this test proves nothing.
  expect(keyRequests()).toBe(1);

  site.mock.control.keys.rotate({ removeOld: true });
  await harness.logIn(page);
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(keyRequests()).toBe(2);
});
