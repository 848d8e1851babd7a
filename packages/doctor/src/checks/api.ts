import { finding, type Finding } from '../finding.js';
import { describeAllowedOrigin, describeReply, isReply, send, type Environment } from '../http.js';
import type { Setup } from '../setup.js';

/** Checks the preflight of an API call with an access token. @see Fetch Standard, section CORS-preflight request */
export async function checkApi(
  { apiUrl, origin }: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  const url = `${apiUrl}/client/v1/profile`;
  const reply = await send(environment, url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  });
  const request = `Preflight of ${url} from ${origin}: ${describeReply(reply)}`;
  if (!isReply(reply)) return [finding('api-cors', 'warning', `${request}.`)];
  const { status, headers } = reply;
  const allowedOrigin = headers.get('access-control-allow-origin');
  const isSuccess = status >= 200 && status < 300;
  const isOriginAllowed = allowedOrigin === '*' || allowedOrigin === origin;
  // A wildcard does not cover this header.
  const allowedHeaders = headers.get('access-control-allow-headers') ?? '';
  const isHeaderAllowed = /(^|,)\s*authorization\s*(,|$)/i.test(allowedHeaders);
  const isAllowed = isSuccess && isOriginAllowed && isHeaderAllowed;
  const seen = `${request}, ${describeAllowedOrigin(allowedOrigin)}, ${isHeaderAllowed ? 'with' : 'without'} Authorization in Access-Control-Allow-Headers.`;
  return [finding('api-cors', isAllowed ? 'ok' : 'warning', seen)];
}
