import { expect, stateOf, test } from './support/harness-test.js';
import { openTabs } from './support/many-tabs.js';
import { passTime } from './support/pass-time.js';
import { expectNoReuse } from './support/refreshes.js';

const refresh = { endpoint: 'token', grant: 'refresh_token' } as const;

test.skip(
  ({ browserName }) => browserName !== 'chromium',
  'Only Chromium can crash or freeze a tab on command.',
);

test(
  'a tab that crashes during a refresh leaves it to the next',
  {
    tag: '@soak',
  },
  async ({ context, harness, site }) => {
    const [holder, other] = await openTabs(context, harness, 2);
    await passTime(site, holder, { hours: 2 });
    site.mock.control.faults.add({ ...refresh, hang: true });
    await holder.evaluate(() => void session.getAccessToken().catch(() => {}));
    await expect.poll(() => site.mock.control.faults.unused()).toEqual([]);
    const token = other!.evaluate(() => session.getAccessToken());
    await Promise.all([
      holder.waitForEvent('crash'),
      holder.goto('chrome://crash').catch(() => {}),
    ]);
    expect(await token).not.toBe('');
    await expect(stateOf(other!)).toHaveText('authenticated');
    expectNoReuse(site);
    await holder.close();
  },
);

test(
  'a tab frozen during a refresh costs the others a time-out, not the session',
  {
    tag: '@soak',
  },
  async ({ context, harness, site }) => {
    // By the time it resumes its request has timed out, so the response counts as lost.
    site.mock.control.clients.update(site.config.clientId, {
      refreshToken: { rotation: 'rotating', leewaySeconds: 60 },
    });
    const [holder, other] = await openTabs(context, harness, 2);
    await passTime(site, holder, { hours: 2 });
    site.mock.control.faults.add({ ...refresh, delayMs: 1_000 });
    await holder.evaluate(() => void session.getAccessToken().catch(() => {}));
    await expect.poll(() => site.mock.control.faults.unused()).toEqual([]);
    const devtools = await context.newCDPSession(holder);
    await devtools.send('Debugger.enable');
    // Freezes the tab as soon as it would resume.
    await devtools.send('Debugger.pause');
    const outcome = await other!.evaluate(() =>
      session.getAccessToken().then(
        () => 'a token',
        ({ code }: { code: string }) => code,
      ),
    );
    expect(outcome).toBe('timeout');
    await expect(stateOf(other!)).toHaveText('authenticated');
    await devtools.send('Debugger.resume');
    await devtools.send('Debugger.disable');
    expect(await other!.evaluate(() => session.getAccessToken())).not.toBe('');
    await expect(stateOf(holder)).toHaveText('authenticated');
  },
);
