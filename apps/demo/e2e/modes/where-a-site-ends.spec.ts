import type { BrowserContext } from '@playwright/test';
import type { ConsoleGuard } from '../support/console-guard.js';
import { expect, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';

test.beforeEach(({ consoleGuard }) => {
  // There are no such issuers, and Firefox says that it refused the cookie by which the kit finds out.
  consoleGuard.expect(/ERR_|“sesamy-kit-site” has been rejected/);
});

/** Opens the page at app.publisher.co.uk with an issuer; returns what tells how often it has warned by now. */
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
  // By then the kit has made up its mind.
  const isAsked = page.waitForRequest((request) => request.url().startsWith(issuerUrl));
  await page.goto(site.origins.britishApp);
  await isAsked;
  await page.close();
  return () => messages.slice(before).filter((text) => text.includes('is on another site')).length;
}

test('issuers with the publisher’s own name before co.uk are on the page’s site', async ({
  context,
  publisher,
  consoleGuard,
}) => {
  for (const host of ['login.publisher.co.uk', 'publisher.co.uk', 'login.app.publisher.co.uk']) {
    const count = await openWith(context, publisher, consoleGuard, `https://${host}/`);
    expect(count(), host).toBe(0);
  }
});

test('issuers that share no more than co.uk with the page are on another site', async ({
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
