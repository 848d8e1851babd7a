import { vi } from 'vitest';
import type { Session } from '../../src/index.js';
import { rejectionOf } from '../browser.js';
import { openApp, stateOf, type TestApp } from '../support/app.js';
import type { ModeSetUp } from '../support/modes/mode.js';
import type { ContractWorld } from './world.js';

/** Opens a world with a session of a mode, in a simulated browser before the mock server. */
export function openRealWorld(mode: ModeSetUp): ContractWorld {
  const app = openApp(mode);
  const open = async (): Promise<Session> => {
    const page = app.createPage();
    await page.start();
    return page;
  };
  return {
    openSignedOut: open,
    openSignedIn: () => app.logIn(),
    async refuseRedirect() {
      await app.browser.go(await app.browser.nextNavigation(), { action: 'cancel' });
      return open();
    },
    completePopup: () => answerInPopup(app, { user: 'ada' }),
    refusePopup: () => answerInPopup(app, { action: 'cancel' }),
    async logOutElsewhere(session) {
      const ended = stateOf(session, ({ status }) => status === 'unauthenticated');
      await (await open()).logout();
      await ended;
    },
    async endSession(session) {
      mode.endSession(app.server);
      app.pass(4000);
      await rejectionOf(app.callApi(session));
    },
    respond(path, respond) {
      const rest = fetch;
      vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
        const request = new Request(input, init);
        return new URL(request.url).pathname === path ? respond(request) : rest(request);
      });
    },
    givesTokens: mode.options.mode !== 'token-handler',
  };
}

/** Submits the login in the popup, whose page then opens the app. */
async function answerInPopup(
  { browser, createPage }: TestApp,
  answer: Parameters<TestApp['browser']['go']>[1],
): Promise<void> {
  const opener = location.href;
  await browser.go(await browser.popups.last().url, answer);
  await createPage().start();
  browser.visit(opener);
}
