import type { BrowserContext } from '@playwright/test';
import type { ConsoleGuard } from './support/console-guard.js';
import { reader } from './support/reader.js';
import { expect, test } from './support/test.js';

/** Has every page say on the console what it was refused. */
async function reportViolations(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // oxlint-disable-next-line eslint/no-console -- the way out of the page
      console.info('refused by the policy', event.violatedDirective, event.blockedURI);
    });
  });
}

function violationsIn({ messages }: ConsoleGuard): string[] {
  return messages.filter((message) => message.startsWith('refused by the policy'));
}

test('login, account, refresh and logout break no rule of a strict policy with Trusted Types', async ({
  page,
  context,
  consoleGuard,
}) => {
  await reportViolations(context);
  await reader.logIn(page);
  await reader.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.context().clock.setFixedTime(Date.now() + 2 * 3_600_000);
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(reader.loginButton(page)).toBeVisible();
  expect(violationsIn(consoleGuard)).toEqual([]);
});

test('the policy is in force: HTML from a string is refused, and the refusal is seen', async ({
  page,
  context,
  consoleGuard,
}) => {
  consoleGuard.expect(/TrustedHTML|Trusted Types|trusted-types/i);
  await reportViolations(context);
  await page.goto('/');
  const isRefused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>html</b>';
      return false;
    } catch (error) {
      return error instanceof TypeError;
    }
  });
  expect(isRefused).toBe(true);
  await expect.poll(() => violationsIn(consoleGuard)).toHaveLength(1);
});
