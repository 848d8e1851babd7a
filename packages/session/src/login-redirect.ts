import type { Driver, LoginOptions } from './driver.js';
import { AuthError, toAuthError } from './errors.js';
import type { SessionEvent } from './state.js';

/** What leaving for the login needs of the session. */
export interface LoginRedirectContext {
  readonly run: () => Promise<{ readonly driver: Pick<Driver, 'beginLogin'> }>;
  readonly start: () => Promise<void>;
  readonly dispatch: (event: SessionEvent) => void;
}

/** The one login that may be leaving the page. */
export interface LoginRedirect {
  /** Leaves the page; a second call joins the first. Rejects when leaving failed or was taken back. */
  begin(options: LoginOptions, isRetry: boolean): Promise<never>;
  /** The user came back to the page by the Back button. */
  abort(): void;
}

/** Inert until `begin`. */
export function createLoginRedirect({ run, start, dispatch }: LoginRedirectContext): LoginRedirect {
  let gone: Promise<never> | null = null;
  let giveUp: ((error: unknown) => void) | undefined;

  const prepare = async (options: LoginOptions, isRetry: boolean): Promise<string> => {
    await start();
    dispatch({ type: 'login-started', via: 'redirect' });
    const { driver } = await run();
    return driver.beginLogin({ options, isRetry });
  };

  return {
    begin: (options, isRetry) =>
      (gone ??= new Promise<never>((_resolve, reject) => {
        const fail = (caught: unknown): void => {
          // What was taken back must not end a login that began since.
          if (giveUp !== fail) return;
          gone = null;
          giveUp = undefined;
          const error = toAuthError(caught);
          dispatch({ type: 'login-failed', error });
          reject(error);
        };
        giveUp = fail;
        prepare(options, isRetry)
          .then((url) => {
            if (giveUp === fail) location.assign(url);
          })
          .catch(fail);
      })),
    abort: () =>
      giveUp?.(
        new AuthError('aborted', 'The user came back before the login was done. Offer it again.'),
      ),
  };
}
