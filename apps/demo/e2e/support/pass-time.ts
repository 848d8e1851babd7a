import type { Page } from '@playwright/test';
import type { Site } from './site.js';

/**
 * Lets time pass for the mock and for all tabs of the page's context, counted from now. Timers in the tabs do not
 * notice.
 */
export async function passTime(
  site: Site,
  page: Page,
  { hours }: { readonly hours: number },
): Promise<void> {
  const now = Date.now() + hours * 3_600_000;
  site.mock.control.clock.set(now);
  await page.context().clock.setFixedTime(now);
}
