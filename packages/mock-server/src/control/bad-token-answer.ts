import type { TokenAnswerFault } from './fault-names.js';

type Body = Readonly<Record<string, unknown>>;
type Way = (body: Body) => Response;

/** A token answer that is wrong in one way, and right in all others. */
export function badTokenAnswer(body: Body, fault: TokenAnswerFault): Response {
  return WAYS[fault](body);
}

const without =
  (name: string): Way =>
  (body) =>
    json(Object.fromEntries(Object.entries(body).filter(([key]) => key !== name)));

const setting =
  (name: string, value: (before: unknown) => unknown): Way =>
  (body) =>
    json({ ...body, [name]: value(body[name]) });

const WAYS: Readonly<Record<TokenAnswerFault, Way>> = {
  'not-json': () => answer(200, 'application/json', '{"access_token": "cut off'),
  'html-502': () => answer(502, 'text/html; charset=utf-8', '<h1>502 Bad Gateway</h1>'),
  'empty-200': () => answer(200, 'application/json', ''),
  'content-type-text': (body) => answer(200, 'text/plain; charset=utf-8', JSON.stringify(body)),
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
  return answer(200, 'application/json', JSON.stringify(body));
}

function answer(status: number, contentType: string, body: string): Response {
  const headers = { 'cache-control': 'no-store', pragma: 'no-cache', 'content-type': contentType };
  return new Response(body, { status, headers });
}
