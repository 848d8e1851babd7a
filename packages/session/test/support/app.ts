import type { MockServer } from '@sesamy-kit/mock-server';
import { vi } from 'vitest';
import {
  createSesamySession,
  type LoginOptions,
  type Session,
  type SessionOptions,
  type SessionState,
} from '../../src/index.js';
import { openBrowser, type TestBrowser } from '../browser.js';
import type { ModeSetUp } from './modes/mode.js';
import type { LoginAnswer } from './navigation.js';

/** An app of one mode in its own browser, and its server. */
export interface TestApp {
  /** Of this app only: what another test has left behind, e.g. a logout in progress, does not reach it. */
  readonly clientId: string;
  readonly server: MockServer;
  readonly browser: TestBrowser;
  /** Opens a page of the app at the current URL. */
  createPage(options?: Partial<SessionOptions>): Session;
  /** The options of a page's session. */
  createOptions(options: Partial<SessionOptions>): SessionOptions;
  /** Logs a user in by redirect; returns the page that the user comes back to. */
  logIn(login?: LoginDetails): Promise<Session>;
  /** Calls the API as a page does; resolves to the response's status. */
  callApi(page: Session): Promise<number>;
  /** Advances the clocks of the device and the server. */
  pass(seconds: number): void;
}

/** Who logs in, and how. */
export interface LoginDetails extends LoginOptions {
  /** Id of the user. Default `ada`. */
  readonly user?: string;
  /** The app's options, in addition to those of the mode. */
  readonly options?: Partial<SessionOptions>;
}

let apps = 0;

/** The clock of the platform, also for a test that opens several apps, each with its own time. */
const now = performance.now.bind(performance);

/** Opens a browser with an unused app. */
export function openApp({ options: ownOptions, createServer }: ModeSetUp): TestApp {
  const clientId = `publisher-web-${++apps}`;
  const server = createServer(clientId);
  const browser = openBrowser(server);
  let monotonicMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + monotonicMs);
  const createOptions = (options: Partial<SessionOptions>): SessionOptions => ({
    clientId,
    ...ownOptions,
    ...options,
  });
  const createPage = (options: Partial<SessionOptions> = {}): Session => {
    browser.openDocument();
    return createSesamySession(createOptions(options));
  };
  return {
    clientId,
    server,
    browser,
    createPage,
    createOptions,
    async logIn({ user = 'ada', options = {}, ...loginOptions } = {}) {
      createPage(options)
        .loginWithRedirect(loginOptions)
        .catch(() => {});
      await browser.go(await browser.nextNavigation(), { user });
      const page = createPage(options);
      await page.start();
      return page;
    },
    callApi: async (page) => (await page.fetch(profileUrl(page))).status,
    pass(seconds) {
      browser.advanceClock(seconds);
      monotonicMs += seconds * 1000;
      server.control.clock.advance({ seconds });
    },
  };
}

/** Leaves for a login by redirect, and comes back to the app with what the user did, on a page without a session yet. */
export async function leaveForLogin(
  { browser, createPage }: TestApp,
  answer: LoginAnswer,
  login?: LoginOptions,
): Promise<void> {
  createPage()
    .loginWithRedirect(login)
    .catch(() => {});
  await browser.go(await browser.nextNavigation(), answer);
}

/** Where a page reads and changes its user's profile. */
export function profileUrl({ apiUrl }: Session): string {
  return `${apiUrl}/client/v1/profile`;
}

/** The first state of a page for which `isIt` holds. The page listens to others meanwhile. */
export function stateOf(
  page: Session,
  isIt: (state: SessionState) => boolean,
): Promise<SessionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = page.getSnapshot();
      if (!isIt(state)) return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = page.subscribe(look);
    queueMicrotask(look);
  });
}
