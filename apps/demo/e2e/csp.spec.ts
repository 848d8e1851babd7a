import type { BrowserContext } from '@playwright/test';
import type { ConsoleGuard } from './support/console-guard.js';
import { user } from './support/user.js';
import { expect, test } from './support/test.js';

/** Makes every page log its CSP violations. */
async function reportViolations(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // oxlint-disable-next-line eslint/no-console -- read by the test
      console.info('refused by the policy', event.violatedDirective, event.blockedURI);
    });
  });
}

function violationsIn({ messages }: ConsoleGuard): string[] {
  return messages.filter((message) => message.startsWith('refused by the policy'));
}

test('login, account, refresh and logout work under a strict CSP with Trusted Types', async ({
  page,
  context,
  consoleGuard,
}) => {
  await reportViolations(context);
  await user.logIn(page);
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.context().clock.setFixedTime(Date.now() + 2 * 3_600_000);
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(user.loginButton(page)).toBeVisible();
  expect(violationsIn(consoleGuard)).toEqual([]);
});

test('the CSP is enforced: HTML from a string is blocked and reported', async ({
  page,
  context,
  consoleGuard,
}) => {
  consoleGuard.expect(/TrustedHTML|Trusted Types|trusted-types/i);
  await reportViolations(context);
  await page.goto('/');
  const isBlocked = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>html</b>';
      return false;
    } catch (error) {
      return error instanceof TypeError;
    }
  });
  expect(isBlocked).toBe(true);
  await expect.poll(() => violationsIn(consoleGuard)).toHaveLength(1);
});
