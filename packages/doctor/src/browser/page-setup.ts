import { inspectSession } from '@sesamy-kit/session/devtools';
import type { Session, SessionMode } from '@sesamy-kit/session';
import type { Setup } from '../setup.js';

/** For a session that does not show its options, such as one of another version of the kit. */
export interface PageOptions {
  /** The session's mode. */
  readonly mode?: SessionMode | undefined;
  /** The session's option `redirectUri`. */
  readonly redirectUri?: string | undefined;
  /** The session's option `authPath`. */
  readonly authPath?: string | undefined;
}

/** Describes the set-up of the page that a session runs on. */
export function describeSetup(session: Session, options: PageOptions): Setup {
  const { origin } = location;
  const { clientId, issuer, apiUrl } = session;
  const shown = inspectSession(session)?.configuration ?? [];
  const read = (name: string): string | undefined =>
    shown.find((option) => option.name === name)?.value;
  const redirectUri = options.redirectUri ?? read('redirectUri') ?? `${origin}/`;
  return {
    clientId,
    origin,
    issuer,
    mode: options.mode ?? readMode(read('mode'), apiUrl),
    redirectUri,
    logoutUri: redirectUri,
    apiUrl: new URL(apiUrl, origin).href.replace(/\/$/, ''),
    scope: 'openid',
    audience: undefined,
    authPath: options.authPath ?? read('authPath') ?? '/sesamy/auth',
    vendorId: read('vendorId') ?? clientId,
    refreshToken: undefined,
  };
}

/** The text may also say that `auto` has chosen the mode. */
function readMode(shown: string | undefined, apiUrl: string): SessionMode {
  const modes = ['token-handler', 'sso-cookie', 'refresh-token'] as const;
  const found = modes.find((mode) => shown?.includes(mode));
  return found ?? (apiUrl.startsWith('/') ? 'token-handler' : 'refresh-token');
}
