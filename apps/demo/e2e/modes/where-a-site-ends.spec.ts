import type { BrowserContext } from '@playwright/test';
import type { ConsoleGuard } from '../support/console-guard.js';
import { expect, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';

test.beforeEach(({ consoleGuard }) => {
  // The issuers do not exist, and Firefox logs that it rejected the kit's probe cookie.
  consoleGuard.expect(/ERR_|“sesamy-kit-site” has been rejected/);
});

/** Opens the page at app.publisher.co.uk with an issuer; returns a function that counts its warnings. */
async function openWith(
  context: BrowserContext,
  { site }: Publisher,
  { messages }: ConsoleGuard,
  issuerUrl: string,
): Promise<() => number> {
  site.setUp = {
    mode: 'sso-cookie',
    issuer: 'cross-site',
    issuerUrl,
    build: 'development-harness',
  };
  const before = messages.length;
  const page = await context.newPage();
  // By then the kit has finished its check.
  const isRequested = page.waitForRequest((request) => request.url().startsWith(issuerUrl));
  await page.goto(site.origins.britishApp);
  await isRequested;
  await page.close();
  return () => messages.slice(before).filter((text) => text.includes('is on another site')).length;
}

test('issuers with the publisher’s name before co.uk are same-site', async ({
  context,
  publisher,
  consoleGuard,
}) => {
  for (const host of ['login.publisher.co.uk', 'publisher.co.uk', 'login.app.publisher.co.uk']) {
    const count = await openWith(context, publisher, consoleGuard, `https://${host}/`);
    expect(count(), host).toBe(0);
  }
});

test('issuers that share only co.uk with the page are cross-site', async ({
  context,
  publisher,
  consoleGuard,
}) => {
  const others = [
    'login.stranger.co.uk',
    'co.uk',
    'app-publisher.co.uk',
    'app.publisher.co.uk.stranger.test',
  ];
  for (const host of others) {
    const count = await openWith(context, publisher, consoleGuard, `https://${host}/`);
    await expect.poll(count, host).toBe(1);
  }
});
