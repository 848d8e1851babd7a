import type { Page } from '@playwright/test';
import type { Site } from './site.js';

/** Lets time pass for the mock and for all tabs of the page's context. Timers in the tabs do not notice. */
export async function passTime(
  site: Site,
  page: Page,
  { hours }: { readonly hours: number },
): Promise<void> {
  site.mock.control.clock.advance({ hours });
  await page.context().clock.setFixedTime(Date.now() + hours * 3_600_000);
}
