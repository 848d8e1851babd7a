import { expect, stateOf, test } from './support/harness-test.js';
import { openTabs } from './support/many-tabs.js';
import { runInOneEngine } from './support/one-engine.js';
import { passTime } from './support/pass-time.js';
import { refreshCount } from './support/refreshes.js';

runInOneEngine(test);

const refresh = { endpoint: 'token', grant: 'refresh_token' } as const;

test('a tab closed before its refresh response costs one more refresh', async ({
  context,
  harness,
  site,
}) => {
  site.mock.control.clients.update(site.config.clientId, {
    refreshToken: { rotation: 'rotating', leewaySeconds: 30 },
  });
  const [holder, other] = await openTabs(context, harness, 2);
  await passTime(site, holder, { hours: 2 });
  // Closing the page ends the delay; the server completes the request without a client.
  site.mock.control.faults.add({ ...refresh, delayMs: 30_000 });
  await holder.evaluate(() => void session.getAccessToken().catch(() => {}));
  await expect.poll(() => site.mock.control.faults.unused()).toEqual([]);
  const token = other!.evaluate(() => session.getAccessToken());
  await holder.close();
  expect(await token).not.toBe('');
  await expect(stateOf(other!)).toHaveText('authenticated');
  await expect.poll(() => refreshCount(site)).toBe(2);
});

test('a truncated refresh response keeps the session, and the next call gets a token', async ({
  context,
  harness,
  site,
}) => {
  site.mock.control.clients.update(site.config.clientId, {
    refreshToken: { rotation: 'rotating', leewaySeconds: 30 },
  });
  const [one, two] = await openTabs(context, harness, 2);
  await passTime(site, one, { hours: 2 });
  site.mock.control.faults.add({ ...refresh, truncate: true });
  const error = await one.evaluate(() =>
    session.getAccessToken().then(
      () => null,
      ({ code, retryable }: { code: string; retryable: boolean }) => ({ code, retryable }),
    ),
  );
  expect(error).toEqual({ code: 'network', retryable: true });
  await expect(stateOf(one)).toHaveText('authenticated');
  expect(await two!.evaluate(() => session.getAccessToken())).not.toBe('');
  await expect(stateOf(two!)).toHaveText('authenticated');
});
