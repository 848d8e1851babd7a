/** Options of a login. */
export interface LoginOptions {
  /** The page of the app to return to, as path, query and fragment. Default: the current page. */
  readonly returnTo?: string | undefined;
  /** Prefills the e-mail address. */
  readonly loginHint?: string | undefined;
  /** The first screen. */
  readonly screenHint?: 'login' | 'signup' | undefined;
  /** `login` forces a new login, even if the server has a session. */
  readonly prompt?: 'login' | 'select_account' | 'consent';
  /** Languages of the login page in order of preference, space-separated, e.g. `sv en`. */
  readonly uiLocales?: string | undefined;
  /** Maximum age of the user's last authentication; checked on return, by the token handler if there is one. */
  readonly maxAgeSeconds?: number;
  /** Requested authentication context classes, space-separated. */
  readonly acrValues?: string;
  /** The organization to log in to; checked on return, by the token handler if there is one. */
  readonly organization?: string;
  /** The identity provider to redirect to directly. */
  readonly connection?: string | undefined;
  /**
   * Scope to request in addition to the session's, space-separated, e.g. for a sensitive action. It lasts until the next
   * login.
   */
  readonly scope?: string | undefined;
  /** Additional parameters of this login's authorization request, in wire spelling, sent verbatim. */
  readonly authorizationParams?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Options of a login by redirect. */
export interface RedirectLoginOptions extends LoginOptions {
  /**
   * The app starts this login without a click, as a guard does. It replaces the page's history entry, so that Back does
   * not return to the guard. It is refused after a failed login (until `dismissError`), after a logout, and after two
   * others within a minute in this tab that did not succeed. It never replaces a login in progress. Default `false`.
   */
  readonly isAutomatic?: boolean | undefined;
  /**
   * The page that an automatic login is for, as a URL of the app. If it is not in the address bar yet, as in a loader of
   * React Router, the page that is there keeps its history entry. Default: the page in the address bar.
   */
  readonly guardedPage?: string | undefined;
  /**
   * Opens the login page instead of `location.assign`, in a native shell or a test. The login continues where the
   * callback is loaded, at `redirectUri`. If it throws, the login rejects.
   */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}
