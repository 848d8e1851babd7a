/** What a login may ask for. */
export interface LoginOptions {
  /** Where in the app to go afterwards, as path, query and fragment. Default: where the user is now. */
  readonly returnTo?: string;
  /** Fills in the e-mail address. */
  readonly loginHint?: string;
  /** Which screen comes first. */
  readonly screenHint?: 'login' | 'signup';
  /** `login` asks again though the server remembers the user. */
  readonly prompt?: 'login' | 'select_account' | 'consent';
  /** Languages of the login page in order of preference, space-separated, such as `sv en`. */
  readonly uiLocales?: string;
  /** How long ago the user may have authenticated at most; checked on return, by the token handler where there is one. */
  readonly maxAgeSeconds?: number;
  /** Wanted authentication context, space-separated. */
  readonly acrValues?: string;
  /** Log in to this organization; checked on return, by the token handler where there is one. */
  readonly organization?: string;
  /** Go straight to this identity provider. */
  readonly connection?: string;
}
