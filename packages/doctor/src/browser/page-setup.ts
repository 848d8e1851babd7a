import type { Session, SessionMode } from '@sesamy-kit/session';
import type { Setup } from '../setup.js';

/** What the session does not tell. */
export interface PageOptions {
  /** The session's mode. Default: `token-handler` if `session.apiUrl` is a path, else `refresh-token`. */
  readonly mode?: SessionMode | undefined;
  /** The session's option `redirectUri`. Default: the root of the origin. */
  readonly redirectUri?: string | undefined;
  /** The session's option `authPath`. Default `/sesamy/auth`. */
  readonly authPath?: string | undefined;
}

/** Describes the set-up of the page that a session runs on. */
export function describeSetup(session: Session, options: PageOptions): Setup {
  const { origin } = location;
  const isHandled = session.apiUrl.startsWith('/');
  const { mode = isHandled ? 'token-handler' : 'refresh-token' } = options;
  const { redirectUri = `${origin}/`, authPath = '/sesamy/auth' } = options;
  const { clientId, issuer, apiUrl } = session;
  return {
    clientId,
    origin,
    issuer,
    mode,
    redirectUri,
    logoutUri: redirectUri,
    apiUrl: new URL(apiUrl, origin).href.replace(/\/$/, ''),
    scope: 'openid',
    audience: undefined,
    authPath,
    vendorId: clientId,
    refreshToken: undefined,
  };
}
