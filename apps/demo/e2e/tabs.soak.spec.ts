import { expect, test } from './support/harness-test.js';
import {
  requestConcurrently,
  expectOneRefresh,
  openTabs,
  reloadAtOnce,
} from './support/many-tabs.js';
import { passTime } from './support/pass-time.js';
import { delayRefreshes, expectNoReuse } from './support/refreshes.js';

/** `SOAK_TABS=2,5 SOAK_RUNS=3 npm run soak` for less than the whole. */
const tabCounts = (process.env['SOAK_TABS'] ?? '2,5,20').split(',').map(Number);
const runs = Number(process.env['SOAK_RUNS'] ?? 30);

for (const tabCount of tabCounts) {
  for (const [manner, act] of Object.entries({
    requestToken: requestConcurrently,
    reload: reloadAtOnce,
  })) {
    test(
      `${tabCount} tabs that ${manner} concurrently refresh once for each of ${runs} expiries`,
      {
        tag: '@soak',
      },
      async ({ context, harness, site }, testInfo) => {
        const tabs = await openTabs(context, harness, tabCount);
        for (let run = 1; run <= runs; run += 1) {
          // Tabs overlap at different points with fast and slow responses.
          delayRefreshes(site, (run % 3) * 60);
          await passTime(site, tabs[0], { hours: 2 * run });
          await expectOneRefresh(site, tabs, act);
        }
        expectNoReuse(site);
        const refreshes = site.mock.control.requests.count({ grant: 'refresh_token' });
        expect(refreshes).toBe(runs);
        testInfo.annotations.push({
          type: 'tabs',
          description: `${tabCount} tabs × ${runs} expiries: ${refreshes} refreshes, 0 reuse events`,
        });
      },
    );
  }
}
