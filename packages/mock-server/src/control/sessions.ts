import { ControlError } from './control-error.js';
import type { ServerContext } from '../context.js';
import { isLive, sessionCookieName, startSession } from '../oauth/op-session.js';
import { endSession, type OpSession } from '../state.js';

/** The server's own sessions with browsers. */
export interface SessionControl {
  list(filter?: { user?: string }): OpSession[];
  /** Starts a session as if the user had logged in; the cookie makes a browser part of it. */
  start(options: { user: string }): { session: OpSession; cookie: { name: string; value: string } };
  /**
   * Ends one session, or all of a user, and returns how many were live. As at Sesamy, refresh
   * tokens stay valid; `refreshTokens.revoke({ user })` ends those.
   */
  end(which: string | { user: string }): number;
}

/** Sessions of a server. */
export function createSessionControl(server: ServerContext): SessionControl {
  const list = (filter: { user?: string } = {}): OpSession[] =>
    [...server.state.sessions.values()].filter(
      ({ userId }) => filter.user === undefined || filter.user === userId,
    );
  return {
    list,
    start: ({ user }) => {
      if (!server.state.users.has(user)) throw new ControlError(`There is no user "${user}".`);
      const session = startSession(server, user);
      return { session, cookie: { name: sessionCookieName(server), value: session.id } };
    },
    end: (which) => {
      const chosen =
        typeof which === 'string' ? list().filter(({ id }) => id === which) : list(which);
      const live = chosen.filter((session) => isLive(server, session));
      for (const session of live) endSession(session, server.clock.now(), 'ended by control');
      return live.length;
    },
  };
}
