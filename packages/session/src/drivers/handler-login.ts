import type { Driver } from '../driver.js';
import type { LoginResult } from '../login/login-request.js';
import { AuthError, toAuthError } from '../errors.js';
import type { SessionEnd } from '../flows/session-end.js';
import { authorizationError } from '../login/authorization-error.js';
import { readLoginId } from '../login/state-param.js';
import { openTransactions } from '../login/transactions.js';
import type { SessionConfig } from '../options.js';
import { clearPendingLogout } from '../storage/logout-marker.js';
import { requireHandlerPath } from './handler-path.js';
import type { HandlerUser } from './handler-user.js';

/**
 * Creates the login of a session that a token handler keeps: the handler logs in, and the page finds its session when it
 * is back.
 */
export function createHandlerLogin(
  config: SessionConfig,
  user: Pick<HandlerUser, 'set' | 'refetch'>,
  end: Pick<SessionEnd, 'notifyServer'>,
): Pick<Driver, 'beginLogin' | 'completeLogin'> {
  const { key, authPath } = config;
  const { returnToParam = 'returnTo' } = config.tokenHandler;
  // Only the tab that started a login can complete it.
  const logins = openTransactions(key, (fallback) => fallback());

  return {
    async beginLogin({ params, scope, returnTo, tag }) {
      requireHandlerPath(config);
      const state = `${crypto.randomUUID()};${tag}`;
      // The handler returns to a URL with `code` and `state`, which is handled like any other callback.
      const callback = new URL(config.redirectUri ?? '/', location.origin);
      callback.searchParams.set('code', '');
      callback.searchParams.set('state', state);
      await logins.add(readLoginId(callback), returnTo).catch(() => {});
      // A logout request that arrived after the login would end the new session.
      await end.notifyServer();
      const { organization = config.organization } = params;
      const own = { organization, scope, [returnToParam]: callback.href };
      const path = `${authPath}/${encodeURIComponent(config.vendorId)}/login`;
      const url = new URL(path, location.origin);
      const all = [config.authorizationParams, params, own].flatMap(Object.entries);
      for (const [name, value] of all) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return { url: url.href, state };
    },
    async completeLogin(url): Promise<LoginResult> {
      const { searchParams } = url;
      const id = readLoginId(url);
      // Without storage the callback looks stale; `restore()` still finds the session.
      const returnTo = await logins.find(id).catch(() => undefined);
      if (returnTo === undefined) return { kind: 'stale' };
      try {
        if (searchParams.has('error')) throw authorizationError(searchParams);
        // The handler's cookies now belong to this login, whatever user or pending logout there was before.
        clearPendingLogout(key);
        user.set(null);
        const found = await user.refetch();
        if (found === null) {
          throw new AuthError(
            'authorization_failed',
            'The token handler has no session. Check its cookies.',
          );
        }
        await logins.remove(id);
        return { kind: 'completed', user: found, returnTo };
      } catch (caught) {
        const error = toAuthError(caught);
        if (!error.retryable) await logins.remove(id);
        return { kind: 'failed', error, returnTo };
      }
    },
  };
}
