import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createSesamySession,
  requireSession,
  type AuthErrorCode,
  type Session,
} from '../src/index.js';
import { openBrowser, rejectionOf, type TestBrowser } from './browser.js';
import type { LoginAnswer } from './support/navigation.js';

const clientId = 'publisher-web';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({ clients: [{ clientId, callbacks: [`${location.origin}/`] }] });
  browser = openBrowser(server);
});

const createPage = () => createSesamySession({ clientId });

/** Causes of failing logins: at the server, and on the callback page. */
const causes: readonly {
  readonly cause: string;
  readonly code: AuthErrorCode;
  readonly answer?: LoginAnswer;
  readonly atServer?: () => void;
  readonly atCallback?: () => unknown;
}[] = [
  {
    cause: 'a page that removes the query before the session is created',
    code: 'login_loop',
    atCallback: () => browser.visit('/home'),
  },
  {
    cause: 'a proxy that drops state from the callback',
    code: 'login_loop',
    atCallback: () => browser.visit(`/?code=${new URL(location.href).searchParams.get('code')}`),
  },
  {
    cause: 'a browser that loses the transaction',
    code: 'login_loop',
    atCallback: () => browser.loseStorage(),
  },
  {
    cause: 'a browser that loses the session right after the login',
    code: 'login_loop',
    atCallback: async () => {
      await createPage().start();
      browser.loseStorage();
    },
  },
  {
    cause: 'a callback that another page of the tab has handled and lost',
    code: 'login_loop',
    atCallback: async () => {
      const url = location.href;
      await createPage().start();
      browser.loseStorage();
      browser.visit(url);
    },
  },
  {
    cause: 'a user who cancels',
    code: 'authorization_failed',
    answer: { action: 'cancel' },
  },
  {
    cause: 'a server that refuses every code',
    code: 'authorization_failed',
    atServer: () =>
      server.control.faults.add({
        endpoint: 'token',
        status: 400,
        body: { error: 'invalid_grant' },
        times: 9,
      }),
  },
  {
    cause: 'a server whose responses name another issuer',
    code: 'callback_rejected',
    atServer: () => server.control.faults.add({ authorizationResponse: 'iss-other', times: 9 }),
  },
];

describe('a guard whose logins never succeed', () => {
  test.each(causes)(
    'a guard stops after two logins when the cause is $cause',
    async ({ code, answer = { user: 'ada' }, atServer = () => {}, atCallback = () => {} }) => {
      atServer();
      let logins = 0;
      let outcome: unknown;
      while (outcome === undefined && logins < 5) {
        const navigation = browser.nextNavigation();
        outcome = await Promise.race([
          requireSession(createPage()).catch((error: unknown) => error),
          navigation.then(() => undefined),
        ]);
        if (outcome !== undefined) break;
        logins += 1;
        await browser.go(await navigation, answer);
        await atCallback();
      }
      expect(outcome).toMatchObject({ code });
      expect(logins).toBeLessThanOrEqual(2);
    },
  );

  test('a guard stops after two logins that succeed but are not as strong as it requires, however slow the page', async () => {
    const logIn = (page: Session): Promise<never> =>
      page.loginWithRedirect({ acrValues: 'mfa', isAutomatic: true });
    for (let logins = 0; logins < 2; logins += 1) {
      const navigation = browser.nextNavigation();
      const page = createPage();
      await page.start();
      logIn(page).catch(() => {});
      await browser.go(await navigation, { user: 'ada' });
      expect(await requireSession(createPage())).toMatchObject({ given_name: 'Ada' });
      browser.advanceClock(5);
    }
    expect(await rejectionOf(logIn(createPage()))).toMatchObject({ code: 'login_loop' });
    expect(location.replace).toHaveBeenCalledTimes(2);
  });

  test('a guard that has stopped may start a login after a minute', async () => {
    for (let logins = 0; logins < 3; logins += 1) {
      const navigation = browser.nextNavigation();
      void requireSession(createPage()).catch(() => {});
      await browser.go(await navigation, { user: 'ada' });
      browser.visit('/home');
      browser.advanceClock(61);
    }
    expect(location.replace).toHaveBeenCalledTimes(3);
  });

  test('a click starts a login although the guard has stopped', async () => {
    for (let logins = 0; logins < 2; logins += 1) {
      const navigation = browser.nextNavigation();
      void requireSession(createPage()).catch(() => {});
      await browser.go(await navigation, { user: 'ada' });
      browser.visit('/home');
    }
    const page = createPage();
    await expect(requireSession(page)).rejects.toMatchObject({ code: 'login_loop' });
    page.loginWithRedirect().catch(() => {});
    await browser.go(await browser.nextNavigation(), { user: 'ada' });
    expect(await requireSession(createPage())).toMatchObject({ given_name: 'Ada' });
  });
});
