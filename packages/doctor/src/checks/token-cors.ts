import { finding, type Finding } from '../finding.js';
import { isReply, send, type Environment } from '../http.js';
import type { Setup } from '../setup.js';

/**
 * Checks that the app's scripts may read token responses. The kit's token requests need no preflight, so the response
 * itself decides; the request carries a code that no server has issued.
 * @see Fetch Standard, section CORS protocol
 */
export async function checkTokenCors(
  setup: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  const url = `${setup.issuer}oauth/token`;
  const reply = await send(environment, url, {
    method: 'POST',
    headers: { origin: setup.origin },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: setup.clientId,
      code: 'sesamy-doctor',
      code_verifier: 'sesamy-doctor'.padEnd(43, '-'),
      redirect_uri: setup.redirectUri,
    }),
  });
  if (!isReply(reply)) {
    return [finding('token-cors', 'error', `POST ${url}: ${reply.failure}.`)];
  }
  const allowed = reply.headers.get('access-control-allow-origin');
  const isAllowed = allowed === '*' || allowed === setup.origin;
  const seen = `POST ${url} from ${setup.origin}: status ${reply.status}, Access-Control-Allow-Origin ${allowed ?? 'missing'}.`;
  return [finding('token-cors', isAllowed ? 'ok' : 'error', seen)];
}
