import { finding, type Finding } from '../finding.js';
import {
  describeReply,
  isReply,
  redirectOf,
  send,
  withoutQuery,
  type Environment,
} from '../http.js';
import type { Setup } from '../setup.js';

/** Checks where a logout leads. Sent without cookies, it ends no session. */
export async function checkLogout(
  setup: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  const { issuer, clientId, logoutUri } = setup;
  const params = new URLSearchParams({ client_id: clientId, returnTo: logoutUri });
  const url = `${issuer}v2/logout?${params}`;
  const reply = await send(environment, url);
  const target = isReply(reply) ? redirectOf(reply, url) : null;
  if (target !== null && withoutQuery(target) === withoutQuery(new URL(logoutUri))) {
    return [finding('logout-url', 'ok', `A logout redirects to ${logoutUri}.`)];
  }
  const isRefused = isReply(reply) && reply.status >= 400 && reply.status < 500;
  const seen = `A logout does not redirect to ${logoutUri} (${describeReply(reply)}).`;
  return [finding('logout-url', isRefused ? 'error' : 'warning', seen)];
}
