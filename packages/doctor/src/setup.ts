import { createSesamySession, type SessionMode } from '@sesamy-kit/session';

/** The set-up of an app, as given. Only `clientId` and `origin` are required. */
export interface SetupOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /** The app's origin, e.g. `https://www.publisher.com`. */
  readonly origin: string;
  /** The authorization server. Default `https://token.sesamy.com/`. */
  readonly issuer?: string | undefined;
  /** How the app keeps its session. Default `refresh-token`. */
  readonly mode?: SessionMode | undefined;
  /** The redirect URI of the login. Default: the root of the origin. */
  readonly redirectUri?: string | undefined;
}

/** A set-up with every default filled in. */
export interface Setup {
  readonly clientId: string;
  readonly origin: string;
  /** Ends with a slash. */
  readonly issuer: string;
  readonly mode: SessionMode;
  readonly redirectUri: string;
}

/**
 * Fills in the kit's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option. TypeError for an origin that is none.
 */
export function resolveSetup(options: SetupOptions): Setup {
  const { clientId, mode = 'refresh-token' } = options;
  const origin = readOrigin(options.origin);
  const redirectUri = options.redirectUri ?? `${origin}/`;
  const { issuer } = createSesamySession({ clientId, mode, issuer: options.issuer, redirectUri });
  return { clientId, origin, issuer, mode, redirectUri };
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new TypeError('The origin must be a URL such as https://www.publisher.com.');
}
