import type { AppContext, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { findUser, remember, type ServerState } from '../state.js';
import {
  type BackChannel,
  BackChannelError,
  requestTokens,
  revokeToken,
  type TokenResponse,
} from './back-channel.js';
import { createFlights, type Flights } from './flights.js';
import {
  type HandlerSession,
  isGood,
  type LiveSession,
  readAccessToken,
  readHandlerSession,
  sessionCookies,
  type UserClaims,
  userClaims,
} from './handler-session.js';
import { checkIdToken } from './id-token.js';
import type { PendingLogin } from './pending-login.js';
import { createSealer, type Sealer } from './sealed-values.js';
import type { Site } from './site.js';

/** What the handler's routes work with. */
export interface TokenHandler {
  readonly server: ServerContext;
  readonly sealer: Sealer;
  readonly backChannel: BackChannel;
  /** The session of a request's cookies, logged out or not; null without one. */
  read(c: AppContext, site: Site): Promise<HandlerSession | null>;
  /**
   * A request's session with a valid access token, renewed if needed; `over` when the
   * session has ended.
   * @throws BackChannelError when the server is unavailable; the session stays
   */
  resume(c: AppContext, site: Site, session: HandlerSession): Promise<LiveSession | 'over'>;
  /** Starts a session; repeated requests of one login get the same response. */
  startOnce(state: string, start: () => Promise<LiveSession>): Promise<LiveSession>;
  /** Ends a session and revokes its refresh token. Its cookies are ignored from now on. */
  end(session: HandlerSession): Promise<void>;
}

/** How long spent cookies are still accepted, for requests in flight. */
const GRACE_MS = 30_000;

/** Creates the handler of one server. */
export function createTokenHandler(server: ServerContext, backChannel: BackChannel): TokenHandler {
  const sealer = createSealer(() => server.cookieKey);
  const flights = flightsOf(server);
  const isEnded = ({ id }: HandlerSession): boolean => server.state.handlerLogouts.has(id);

  const renew = async (site: Site, session: HandlerSession): Promise<LiveSession> => {
    const { vendorId, refreshToken } = session;
    if (refreshToken === null) throw new BackChannelError('invalid_grant');
    const response = await requestTokens(server, backChannel, {
      grant_type: 'refresh_token',
      client_id: vendorId,
      refresh_token: refreshToken,
    });
    const user = await renewedUser(server, session, response);
    if (user === null) throw new BackChannelError('invalid_grant');
    const next = { ...session, refreshToken: response.refreshToken ?? refreshToken, user };
    const cookies = await sessionCookies(server, sealer, site, next, response.accessToken);
    return { session: next, accessToken: response.accessToken, cookies };
  };

  /** Follows renewals by other requests, so that no token is spent twice. */
  const renewOnce = async (site: Site, session: HandlerSession): Promise<LiveSession> => {
    const { renewals } = flights();
    const key = session.refreshToken ?? session.id;
    const known = renewals.get(key);
    if (!known) return renewals.start(key, () => renew(site, session));
    const live = await known;
    if (await isGood(server, live.accessToken)) return live;
    const isSpent = live.session.refreshToken !== session.refreshToken;
    if (isSpent || renewals.get(key) !== known) return renewOnce(site, live.session);
    return renewals.start(key, () => renew(site, session));
  };

  return {
    server,
    sealer,
    backChannel,
    read: (c, site) => readHandlerSession(sealer, c, site),
    resume: async (c, site, session) => {
      noteUser(server, c, session);
      if (isEnded(session)) return 'over';
      const accessToken = await readAccessToken(server, sealer, c, site, session);
      if (accessToken !== null) return { session, accessToken, cookies: [] };
      try {
        const live = await renewOnce(site, session);
        return isEnded(session) ? 'over' : live;
      } catch (error) {
        if (error instanceof BackChannelError && error.code === 'invalid_grant') return 'over';
        throw error;
      }
    },
    startOnce: (state, start) => {
      const { logins } = flights();
      return logins.get(state) ?? logins.start(state, start);
    },
    end: async (session) => {
      remember(server.state.handlerLogouts, session.id, { at: server.clock.now() });
      if (session.refreshToken === null) return;
      await revokeToken(server, backChannel, {
        client_id: session.vendorId,
        token: session.refreshToken,
      });
    },
  };
}

interface HandlerFlights {
  readonly renewals: Flights<LiveSession>;
  readonly logins: Flights<LiveSession>;
}

/** The flights over the server's current state: a restored one lacks earlier tokens. */
function flightsOf(server: ServerContext): () => HandlerFlights {
  const byState = new WeakMap<ServerState, HandlerFlights>();
  return () => {
    const known = byState.get(server.state);
    if (known) return known;
    const flights = {
      renewals: createFlights<LiveSession>(server.clock, GRACE_MS),
      logins: createFlights<LiveSession>(server.clock, GRACE_MS),
    };
    byState.set(server.state, flights);
    return flights;
  };
}

/** A session for the tokens of a login. @throws BackChannelError when the ID token is invalid */
export async function createHandlerSession(
  { server, sealer }: Pick<TokenHandler, 'server' | 'sealer'>,
  site: Site,
  { vendorId, nonce, maxAge, organization }: PendingLogin,
  response: TokenResponse,
): Promise<LiveSession> {
  const expected = {
    clientId: vendorId,
    nonce,
    ...(maxAge !== '' && { maxAgeSeconds: Number(maxAge) }),
    ...(organization !== '' && { organization }),
  };
  const claims = response.idToken && (await checkIdToken(server, response.idToken, expected));
  if (!claims) throw new BackChannelError('server_error');
  const { accessToken, refreshToken } = response;
  const session: HandlerSession = {
    id: randomToken(server.random, 12),
    vendorId,
    refreshToken,
    user: userClaims(claims),
  };
  const cookies = await sessionCookies(server, sealer, site, session, accessToken);
  return { session, accessToken, cookies };
}

/** The user after a refresh; null if the ID Token is invalid or for another user. */
async function renewedUser(
  server: ServerContext,
  { vendorId, user }: HandlerSession,
  { idToken }: TokenResponse,
): Promise<UserClaims | null> {
  if (idToken === null) return user;
  const sub = typeof user['sub'] === 'string' ? user['sub'] : '';
  const claims = await checkIdToken(server, idToken, { clientId: vendorId, sub });
  return claims && userClaims(claims);
}

/** Records the user for the request log. */
function noteUser(server: ServerContext, c: AppContext, { vendorId, user }: HandlerSession): void {
  const known = typeof user['sub'] === 'string' ? findUser(server.state, user['sub']) : undefined;
  c.set('facts', { ...c.get('facts'), clientId: vendorId, user: known?.id ?? null });
}
