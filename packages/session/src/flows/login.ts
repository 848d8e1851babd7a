import { AuthError, toAuthError } from '../errors.js';
import type { LoginOptions, RedirectLoginOptions } from '../login/login-options.js';
import { loadPopup } from '../on-demand/popup.js';
import type { FlowContext } from './flow-context.js';
import { expectAutomatic } from './automatic-login.js';
import { createRedirectLogins } from './redirect-login.js';
import type { Start } from './start.js';

/** The logins of a session. */
export interface Logins {
  readonly loginWithRedirect: (options: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;
  /** Logs in with an open popup; `null` if the browser blocked it. */
  readonly loginInWindow: (popup: Window | null, options: LoginOptions) => Promise<void>;
  /** Ends the login by redirect in progress, and declines the login that calls wait for. */
  readonly cancel: () => void;
  /** Ends the login by redirect whose callback has arrived in this page. */
  readonly endRedirect: (error: AuthError | null | undefined) => void;
}

/** Creates the logins of a session. */
export function createLogins(context: FlowContext, { start, catchUp }: Start): Logins {
  const { dispatch, store } = context;

  /** Starts a login. If it fails, its error becomes the state's error. */
  async function logIn<Result>(
    via: 'redirect' | 'popup',
    begin: () => Promise<Result>,
    isAutomatic?: () => boolean,
  ): Promise<Result> {
    void context.loaders.prepare(via);
    await start();
    const state = store.get();
    const startsAlone = isAutomatic?.() === true;
    if (startsAlone) expectAutomatic(state);
    const wasSignedIn = state.status === 'authenticated';
    try {
      dispatch({ type: 'login-started', via, isAutomatic: startsAlone });
      return await begin();
    } catch (caught) {
      const error = toAuthError(caught);
      // The entry shows it, unless the page reloads for the missing code.
      const isCodeMissing = error.code === 'chunk_load_failed';
      // The state has it, or the user has signed in elsewhere meanwhile, so that it does not matter.
      const isOver =
        store.get().error === error || (!wasSignedIn && store.get().status === 'authenticated');
      if (!isCodeMissing && !isOver) {
        dispatch({ type: 'login-failed', error });
      }
      throw error;
    }
  }

  const redirect = createRedirectLogins((wanted) =>
    logIn(
      'redirect',
      async () => (await context.loadEngine()).leaveForLogin(wanted),
      () => wanted().request.isAutomatic === true,
    ),
  );

  async function completeInPopup(popup: Window | null, options: LoginOptions): Promise<void> {
    const [{ driver, beginLogin }, { logInByPopup }] = await Promise.all([
      context.loadEngine(),
      loadPopup(),
    ]);
    const user = await logInByPopup(popup, { ...driver, beginLogin }, options);
    dispatch({ type: 'login-completed', via: 'popup', user });
    context.tabs.post('changed');
    context.armTimer();
    context.prepareSignedIn();
  }

  return {
    loginWithRedirect(options, isRetry) {
      // Its state would be 'authenticating': the user has signed in otherwise, and that session has ended.
      if (store.get().status === 'unauthenticated') redirect.forgetOpen();
      return redirect.start(options, isRetry);
    },
    endRedirect: redirect.end,
    async loginInWindow(popup, options) {
      try {
        await logIn('popup', () => completeInPopup(popup, options));
      } finally {
        catchUp();
      }
    },
    cancel() {
      const error = new AuthError('aborted', 'The user declined to log in. Nothing was sent.');
      redirect.end(error);
      if (store.get().status === 'unauthenticated') dispatch({ type: 'login-failed', error });
    },
  };
}
