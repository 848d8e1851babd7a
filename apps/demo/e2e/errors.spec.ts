import type { Page } from '@playwright/test';
import { expect, stateOf, test } from './support/harness-test.js';
import { runInOneEngine } from './support/one-engine.js';
import { passTime } from './support/pass-time.js';

/** The content of an error that `getAccessToken` rejects with, causes included, as text. */
function readError(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const read = (error: unknown): string[] => {
      if (!(error instanceof Error)) return [JSON.stringify(error) ?? ''];
      const own = Object.getOwnPropertyNames(error).flatMap((name) =>
        read(Reflect.get(error, name)),
      );
      return [error.name, String(error), ...own];
    };
    const error = await session.getAccessToken().then(
      () => null,
      (caught: unknown) => caught,
    );
    return read(error).join('\n');
  });
}

runInOneEngine(test);

const failures = {
  'a refusal': {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'No.' },
    isOver: true,
  },
  'a page of a captive portal': { status: 200, body: '<!doctype html>Welcome!', isOver: false },
  'a server that is down': { status: 503, body: 'Down', isOver: false },
  'a truncated response': { truncate: true, isOver: false },
  'an ID token for another client': { idToken: 'aud-invalid', isOver: false },
} as const;

for (const [failure, { isOver, ...effect }] of Object.entries(failures)) {
  test(`the error after ${failure} contains no token`, async ({
    context,
    harness,
    site,
    consoleGuard,
  }) => {
    consoleGuard.expect(/400|503/);
    const page = await harness.open(context);
    await harness.logIn(page);
    await passTime(site, page, { hours: 2 });
    site.mock.control.faults.add({ grant: 'refresh_token', times: 'until-cleared', ...effect });
    const error = await readError(page);
    expect(error).toMatch(/^AuthError/);
    expect([...site.secrets.keys()].filter((secret) => error.includes(secret))).toEqual([]);
    await expect(stateOf(page)).toHaveText(isOver ? 'unauthenticated revoked' : 'authenticated');
  });
}
