import { converting } from './convert-error.js';
import { UnsupportedError } from './errors.js';
import type { FunctionsContext } from './functions-context.js';
import type { Auth0Functions, LogoutOptions } from './types.js';

/** Creates the function that logs out. */
export function createLogout({ session, redirectUri }: FunctionsContext): Auth0Functions['logout'] {
  return async function logout({
    clientId,
    logoutParams = {},
    openUrl,
  }: LogoutOptions = {}): Promise<void> {
    if (clientId !== undefined && clientId !== session.clientId) {
      throw new UnsupportedError('clientId', "Leave it out: it is the Auth0Provider's.");
    }
    if (logoutParams.federated === true) {
      throw new UnsupportedError(
        'logoutParams.federated',
        'Leave it out: the session at the identity provider stays.',
      );
    }
    const { returnTo } = logoutParams;
    if (openUrl === undefined) return converting(session.logout({ returnTo }));
    await converting(session.logout({ local: true }));
    if (openUrl === false) return;
    const target = returnTo ?? redirectUri ?? location.origin;
    const query = new URLSearchParams({ client_id: session.clientId, returnTo: target });
    await openUrl(`${session.issuer}v2/logout?${query}`);
  };
}
