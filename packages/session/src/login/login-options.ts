/** What a login may ask for. */
export interface LoginOptions {
  /** Where in the app to go afterwards, as path, query and fragment. Default: where the user is now. */
  readonly returnTo?: string | undefined;
  /** Fills in the e-mail address. */
  readonly loginHint?: string | undefined;
  /** Which screen comes first. */
  readonly screenHint?: 'login' | 'signup' | undefined;
  /** `login` asks again though the server remembers the user. */
  readonly prompt?: 'login' | 'select_account' | 'consent';
  /** Languages of the login page in order of preference, space-separated, such as `sv en`. */
  readonly uiLocales?: string | undefined;
  /** How long ago the user may have authenticated at most; checked on return, by the token handler where there is one. */
  readonly maxAgeSeconds?: number;
  /** Wanted authentication context, space-separated. */
  readonly acrValues?: string;
  /** Log in to this organization; checked on return, by the token handler where there is one. */
  readonly organization?: string;
  /** Go straight to this identity provider. */
  readonly connection?: string | undefined;
}

/** What a login by redirect may ask for, and who began it. */
export interface RedirectLoginOptions extends LoginOptions {
  /**
   * The app begins this login without a click, as a guard does. The page's history entry is replaced, so that Back
   * does not return to the guard. The login is refused after a login that failed (until `dismissError`), after a
   * logout, and when two others within a minute in this tab did not succeed. It never takes the place of another
   * login that is under way. Default `false`.
   */
  readonly isAutomatic?: boolean | undefined;
  /**
   * Opens the login page, in place of `location.assign`: for a native shell, or for a test. The login goes on where the
   * server's answer is loaded, at `redirectUri`. What it throws rejects the login.
   */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}
