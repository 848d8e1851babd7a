import type { TokenAnswerFault } from './fault-names.js';

type Body = Readonly<Record<string, unknown>>;
type Fault = (body: Body) => Response;

/** A token response with one error and everything else correct. */
export function badTokenResponse(body: Body, fault: TokenAnswerFault): Response {
  return FAULTS[fault](body);
}

const without =
  (name: string): Fault =>
  (body) =>
    json(Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)));

const setting =
  (name: string, value: (before: unknown) => unknown): Fault =>
  (body) =>
    json({ ...body, [name]: value(body[name]) });

const FAULTS: Readonly<Record<TokenAnswerFault, Fault>> = {
  'not-json': () => response(200, 'application/json', '{"access_token": "cut off'),
  'html-502': () => response(502, 'text/html; charset=utf-8', '<h1>502 Bad Gateway</h1>'),
  'empty-200': () => response(200, 'application/json', ''),
  'content-type-text': (body) => response(200, 'text/plain; charset=utf-8', JSON.stringify(body)),
  'access-token-missing': without('access_token'),
  'id-token-missing': without('id_token'),
  'refresh-token-missing': without('refresh_token'),
  'token-type-missing': without('token_type'),
  'token-type-unknown': setting('token_type', () => 'mac'),
  'scope-missing': without('scope'),
  'expires-in-missing': without('expires_in'),
  'expires-in-text': setting('expires_in', String),
  'expires-in-zero': setting('expires_in', () => 0),
  'expires-in-negative': setting('expires_in', () => -60),
  'expires-in-huge': setting('expires_in', () => 1e15),
};

function json(body: Body): Response {
  return response(200, 'application/json', JSON.stringify(body));
}

function response(status: number, contentType: string, body: string): Response {
  const headers = { 'cache-control': 'no-store', pragma: 'no-cache', 'content-type': contentType };
  return new Response(body, { status, headers });
}
