import { vi } from 'vitest';
import type { Session } from '../../src/index.js';
import { rejectionOf } from '../browser.js';
import { openApp, stateOf, type TestApp } from '../support/app.js';
import type { ModeSetUp } from '../support/modes/mode.js';
import type { ContractWorld, SchemaOption } from './world.js';

/** Opens a world with a session of a mode, in a simulated browser before the mock server. */
export function openRealWorld(mode: ModeSetUp): ContractWorld {
  const app = openApp(mode);
  let given: SchemaOption = {};
  const open = async (): Promise<Session> => {
    const page = app.createPage(given);
    await page.start();
    return page;
  };
  return {
    openSignedOut(options = {}) {
      given = options;
      return open();
    },
    openSignedIn: (options = {}) => app.logIn({ options }),
    async refuseRedirect() {
      await app.browser.go(await app.browser.nextNavigation(), { action: 'cancel' });
      return open();
    },
    completePopup: () => answerInPopup(app, { user: 'ada' }, given),
    refusePopup: () => answerInPopup(app, { action: 'cancel' }, given),
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
      // The app does not know where the mode `auto` sends its calls.
      const target = path.endsWith('/client/v1/profile') ? (mode.profilePath ?? path) : path;
      vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
        const request = new Request(input, init);
        return new URL(request.url).pathname === target ? respond(request) : rest(request);
      });
    },
    givesTokens: mode.options.mode !== 'token-handler' && mode.profilePath === undefined,
  };
}

/** Submits the login in the popup, whose page then opens the app. */
async function answerInPopup(
  { browser, createPage }: TestApp,
  answer: Parameters<TestApp['browser']['go']>[1],
  options: SchemaOption,
): Promise<void> {
  const opener = location.href;
  await browser.go(await browser.popups.last().url, answer);
  await createPage(options).start();
  browser.visit(opener);
}
