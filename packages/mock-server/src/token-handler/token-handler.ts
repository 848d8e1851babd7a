import type { AppContext, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { findUser, remember, type ServerState } from '../state.js';
import {
  type BackChannel,
  BackChannelError,
  requestTokens,
  revokeToken,
  type TokenAnswer,
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
  readonly ask: BackChannel;
  /** The session of a request's cookies, logged out or not; null without one. */
  read(c: AppContext, site: Site): Promise<HandlerSession | null>;
  /**
   * A request's session with an access token that is good, renewed if need be; `over` when the
   * session has come to its end.
   * @throws BackChannelError when the server cannot be asked just now; the session stays
   */
  resume(c: AppContext, site: Site, session: HandlerSession): Promise<LiveSession | 'over'>;
  /** Starts a session; the answer to the same login asked for twice is the same. */
  startOnce(state: string, start: () => Promise<LiveSession>): Promise<LiveSession>;
  /** Ends a session and revokes its refresh token. Its cookies are worth nothing from now on. */
  end(session: HandlerSession): Promise<void>;
}

/** How long spent cookies are still honoured: requests that were on their way with them. */
const GRACE_MS = 30_000;

/** Creates the handler of one server. */
export function createTokenHandler(server: ServerContext, ask: BackChannel): TokenHandler {
  const sealer = createSealer(() => server.cookieKey);
  const flights = flightsOf(server);
  const isEnded = ({ id }: HandlerSession): boolean => server.state.handlerLogouts.has(id);

  const renew = async (site: Site, session: HandlerSession): Promise<LiveSession> => {
    const { vendorId, refreshToken } = session;
    if (refreshToken === null) throw new BackChannelError('invalid_grant');
    const answer = await requestTokens(server, ask, {
      grant_type: 'refresh_token',
      client_id: vendorId,
      refresh_token: refreshToken,
    });
    const user = await renewedUser(server, session, answer);
    if (user === null) throw new BackChannelError('invalid_grant');
    const next = { ...session, refreshToken: answer.refreshToken ?? refreshToken, user };
    const cookies = await sessionCookies(server, sealer, site, next, answer.accessToken);
    return { session: next, accessToken: answer.accessToken, cookies };
  };

  /** Follows what others renewed already, so that no token is spent twice. */
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
    ask,
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
      await revokeToken(server, ask, { client_id: session.vendorId, token: session.refreshToken });
    },
  };
}

interface HandlerFlights {
  readonly renewals: Flights<LiveSession>;
  readonly logins: Flights<LiveSession>;
}

/** The flights over the server's present state: a restored one knows nothing of earlier tokens. */
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

/** A session for the tokens of a login. @throws BackChannelError when the ID token is not good */
export async function createHandlerSession(
  { server, sealer }: Pick<TokenHandler, 'server' | 'sealer'>,
  site: Site,
  { vendorId, nonce, maxAge, organization }: PendingLogin,
  answer: TokenAnswer,
): Promise<LiveSession> {
  const expected = {
    clientId: vendorId,
    nonce,
    ...(maxAge !== '' && { maxAgeSeconds: Number(maxAge) }),
    ...(organization !== '' && { organization }),
  };
  const claims = answer.idToken && (await checkIdToken(server, answer.idToken, expected));
  if (!claims) throw new BackChannelError('server_error');
  const { accessToken, refreshToken } = answer;
  const session: HandlerSession = {
    id: randomToken(server.random, 12),
    vendorId,
    refreshToken,
    user: userClaims(claims),
  };
  const cookies = await sessionCookies(server, sealer, site, session, accessToken);
  return { session, accessToken, cookies };
}

/** The reader after a refresh; null when the ID Token is invalid or of another user. */
async function renewedUser(
  server: ServerContext,
  { vendorId, user }: HandlerSession,
  { idToken }: TokenAnswer,
): Promise<UserClaims | null> {
  if (idToken === null) return user;
  const sub = typeof user['sub'] === 'string' ? user['sub'] : '';
  const claims = await checkIdToken(server, idToken, { clientId: vendorId, sub });
  return claims && userClaims(claims);
}

/** The request log knows whose request it was. */
function noteUser(server: ServerContext, c: AppContext, { vendorId, user }: HandlerSession): void {
  const known = typeof user['sub'] === 'string' ? findUser(server.state, user['sub']) : undefined;
  c.set('facts', { ...c.get('facts'), clientId: vendorId, user: known?.id ?? null });
}
