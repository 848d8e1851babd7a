import type { Driver, LoginOptions } from './driver.js';
import { AuthError, toAuthError } from './errors.js';
import { parseReturnTo, withoutResponseParams } from './return-to.js';
import type { SessionEvent } from './state.js';

/** What leaving for the login needs of the session. */
export interface LoginRedirectContext {
  readonly driver: Pick<Driver, 'beginLogin'>;
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
export function createLoginRedirect({
  driver,
  start,
  dispatch,
}: LoginRedirectContext): LoginRedirect {
  let leaving: { readonly gone: Promise<never>; readonly fail: (error: AuthError) => void } | null =
    null;

  const leave = async (options: LoginOptions, isRetry: boolean): Promise<void> => {
    await start();
    dispatch({ type: 'login-started', via: 'redirect' });
    const here = withoutResponseParams(new URL(location.href));
    const returnTo = parseReturnTo(options.returnTo ?? here, location.origin) ?? '/';
    location.assign(await driver.beginLogin({ options, returnTo, isRetry }));
  };

  return {
    begin(options, isRetry) {
      if (leaving !== null) return leaving.gone;
      let fail: (error: AuthError) => void = () => {};
      const gone = new Promise<never>((_resolve, reject) => {
        fail = (error) => {
          leaving = null;
          dispatch({ type: 'login-failed', error });
          reject(error);
        };
      });
      leaving = { gone, fail };
      leave(options, isRetry).catch((error: unknown) => fail(toAuthError(error)));
      return gone;
    },
    abort() {
      leaving?.fail(
        new AuthError('aborted', 'The user came back before the login was done. Offer it again.'),
      );
    },
  };
}
