import { runInOneEngine } from './support/one-engine.js';
import { test } from './support/harness-test.js';
import {
  requestConcurrently,
  expectOneRefresh,
  openTabs,
  reloadAtOnce,
} from './support/many-tabs.js';
import { passTime } from './support/pass-time.js';
import { delayRefreshes, expectNoReuse } from './support/refreshes.js';

const tabCount = 5;

test('tabs that request an expired token concurrently refresh it once', async ({
  context,
  harness,
  site,
}) => {
  const tabs = await openTabs(context, harness, tabCount);
  await passTime(site, tabs[0], { hours: 2 });
  delayRefreshes(site, 150);
  await expectOneRefresh(site, tabs, requestConcurrently);
  expectNoReuse(site);
});

test.describe(() => {
  runInOneEngine(test);

  test('tabs that reload concurrently with an expired token refresh it once', async ({
    context,
    harness,
    site,
  }) => {
    const tabs = await openTabs(context, harness, tabCount);
    await passTime(site, tabs[0], { hours: 2 });
    delayRefreshes(site, 150);
    await expectOneRefresh(site, tabs, reloadAtOnce);
    expectNoReuse(site);
  });
});
