import { createSesamySession, type SessionMode } from '@sesamy-kit/session';

/** The set-up of an app, as given. Only `clientId` and `origin` are required; the others are the kit's options. */
export interface SetupOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /** The app's origin, e.g. `https://www.publisher.com`. */
  readonly origin: string;
  /** The authorization server. Default `https://token.sesamy.com/`. */
  readonly issuer?: string | undefined;
  /** How the app keeps its session. Default `refresh-token`. With `auto`, the mode that the kit would choose is checked. */
  readonly mode?: SessionMode | 'auto' | undefined;
  /** Default: the root of the origin; with `token-handler` the handler's callback. */
  readonly redirectUri?: string | undefined;
  /** Where a logout returns to. Default: `redirectUri` if set, else the root of the origin. */
  readonly logoutUri?: string | undefined;
  /** The URL of Sesamy's API. Default as the kit's. */
  readonly apiUrl?: string | undefined;
  /** Space-separated. Default as the kit's. */
  readonly scope?: string | undefined;
  /** The API the access token is for. Default: the server's choice. */
  readonly audience?: string | undefined;
  /** The path of the token handler. Default `/sesamy/auth`. */
  readonly authPath?: string | undefined;
  /** The publisher's id at the token handler. Default `clientId`. */
  readonly vendorId?: string | undefined;
  /** A refresh token of a test user, to see whether they rotate. It is used up. */
  readonly refreshToken?: string | undefined;
  /** The directory of the app, whose dependencies are checked. Default: none. */
  readonly projectDirectory?: string | undefined;
}

/** A set-up with every default filled in. */
export interface Setup {
  readonly clientId: string;
  readonly origin: string;
  /** Ends with a slash. */
  readonly issuer: string;
  readonly mode: SessionMode;
  readonly redirectUri: string;
  readonly logoutUri: string;
  /** Has no trailing slash. */
  readonly apiUrl: string;
  readonly scope: string;
  readonly audience: string | undefined;
  readonly authPath: string;
  readonly vendorId: string;
  readonly refreshToken: string | undefined;
}

/**
 * Fills in the kit's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option. TypeError for an origin that is none.
 */
export function resolveSetup(options: SetupOptions, mode: SessionMode): Setup {
  const { clientId, issuer, apiUrl, redirectUri, scope } = options;
  const { authPath = '/sesamy/auth', vendorId = clientId, audience } = options;
  const origin = readOrigin(options.origin);
  const home = `${origin}/`;
  // Checks the options as the app's own session does. Only the other modes name the API's URL.
  const checked = { clientId, issuer, apiUrl, redirectUri, scope, audience, authPath, vendorId };
  const session = createSesamySession(checked);
  const callback = `${origin}${authPath.replace(/\/$/, '')}/${encodeURIComponent(vendorId)}/callback`;
  return {
    clientId,
    origin,
    issuer: session.issuer,
    mode,
    redirectUri: redirectUri ?? (mode === 'token-handler' ? callback : home),
    logoutUri: options.logoutUri ?? redirectUri ?? home,
    apiUrl: session.apiUrl,
    scope: scopeOf(scope, mode),
    audience,
    authPath: authPath.replace(/\/$/, ''),
    vendorId,
    refreshToken: options.refreshToken,
  };
}

function scopeOf(scope = 'profile email', mode: SessionMode): string {
  const offline = mode === 'sso-cookie' ? '' : 'offline_access';
  return [...new Set(`openid ${scope} ${offline}`.match(/\S+/g))].join(' ');
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new TypeError('The origin must be a URL such as https://www.publisher.com.');
}
