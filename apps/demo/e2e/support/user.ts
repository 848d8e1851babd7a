import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Site } from './site.js';

/** The actions of a user of the site. */
export const user = {
  /** Chooses Ada on the login page, and waits until the demo shows her as signed in. */
  async continueAsAda(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await expect(user.nameIn(page)).toBeVisible();
  },

  /** Logs in from the front page at the login page. */
  async logIn(page: Page): Promise<void> {
    await page.goto('/');
    await user.loginButton(page).click();
    await user.continueAsAda(page);
  },

  /** Opens a guarded page as Ada, who has a session at Sesamy: no login page. For tests of something else. */
  async arriveAsAda(page: Page, site: Site, path = '/account'): Promise<void> {
    site.ssoUser = 'ada';
    await page.goto(path);
    await expect(user.nameIn(page)).toBeVisible();
    site.ssoUser = null;
  },

  /** The button in the masthead. */
  loginButton(page: Page): Locator {
    return page.getByRole('banner').getByRole('button', { name: 'Log in' });
  },

  /** The user menu, present only when they are logged in. */
  nameIn(page: Page): Locator {
    return page.getByRole('banner').getByRole('link', { name: 'your account' });
  },
};
