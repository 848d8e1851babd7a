import { html, raw } from 'hono/html';
import type { AppContext, ServerContext } from '../context.js';
import { badAuthorizationResponse } from '../control/bad-authorization-response.js';
import { randomToken } from '../random.js';
import { type AuthorizationRequest, type OpSession, remember } from '../state.js';

/** An error that is returned to the client, not shown to the user (RFC 6749 section 4.1.2.1). */
export interface AuthorizationError {
  readonly error: string;
  readonly error_description: string;
}

/** Issues a code for the session's user and returns it to the client. */
export function grantCode(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  session: OpSession,
): Response | Promise<Response> {
  return sendResponse(server, c, request, { code: issueCode(server, request, session) });
}

/** Makes a code that can be exchanged once. */
export function issueCode(
  server: ServerContext,
  request: AuthorizationRequest,
  session: OpSession,
): string {
  const now = server.clock.now();
  const code = randomToken(server.random, 24);
  session.lastUsedAt = now;
  session.requestedClaims = request.requestedClaims.userinfo;
  remember(server.state.codes, code, {
    code,
    request,
    userId: session.userId,
    sessionId: session.id,
    authenticatedAt: session.authenticatedAt,
    issuedAt: now,
    usedAt: null,
  });
  return code;
}

/** Returns an error to the client. */
export function refuse(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  error: AuthorizationError,
): Response | Promise<Response> {
  return sendResponse(server, c, request, { ...error });
}

/** The redirect URI with the response parameters in its query or fragment. */
function responseUrl(
  request: AuthorizationRequest,
  params: Readonly<Record<string, string>>,
): string {
  const url = new URL(request.redirectUri);
  if (request.responseMode === 'fragment') url.hash = new URLSearchParams(params).toString();
  else for (const [name, value] of Object.entries(params)) url.searchParams.append(name, value);
  return url.href;
}

function sendResponse(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  response: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'no-referrer');
  const params = faultyParams(server, c, responseParams(server, request, response));
  switch (request.responseMode) {
    case 'web_message':
      return postMessagePage(server, c, request, params);
    case 'form_post':
      return formPostPage(server, c, request, params);
    case 'query':
    case 'fragment':
      return c.redirect(responseUrl(request, params), 302);
  }
}

function responseParams(
  server: ServerContext,
  request: AuthorizationRequest,
  response: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...response,
    ...(request.state !== null && { state: request.state }),
    ...(server.options.sendsIssParameter && { iss: request.issuer }),
  };
}

/** The parameters with the planned fault, if any. */
function faultyParams(
  server: ServerContext,
  c: AppContext,
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const fault = c.env.isInternal ? null : server.faults.takeForResponse(c.req.raw, c.get('facts'));
  const faultName = fault?.effect.authorizationResponse;
  if (faultName === undefined) return params;
  c.set('fault', fault);
  return badAuthorizationResponse(params, faultName);
}

/** The page of a popup or iframe: posts the response to the client's origin only. */
function postMessagePage(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  params: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const message = {
    type: 'authorization_response',
    response: params,
  };
  const script = `(window.opener || window.parent).postMessage(${scriptJson(message)}, ${scriptJson(new URL(request.redirectUri).origin)});`;
  return scriptPage(server, c, 'Signing in', script);
}

function formPostPage(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  params: Readonly<Record<string, string>>,
): Response | Promise<Response> {
  const fields = Object.entries(params).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const form = html`<form method="post" action="${request.redirectUri}">
    ${fields}<noscript><button>Continue</button></noscript>
  </form>`;
  return scriptPage(server, c, 'Signing in', 'document.forms[0].submit();', form);
}

function scriptPage(
  server: ServerContext,
  c: AppContext,
  title: string,
  script: string,
  body: ReturnType<typeof html> | string = '',
): Response | Promise<Response> {
  const nonce = randomToken(server.random, 12);
  c.header(
    'content-security-policy',
    `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'`,
  );
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
        </head>
        <body>
          ${body}
          <script nonce="${nonce}">
            ${raw(script)};
          </script>
        </body>
      </html>`,
  );
}

/** JSON that cannot end a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
