import { Hono } from 'hono';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { bodyLimitMiddleware } from './body-limit.js';
import { apiRefusalResponse, ApiRefusal } from './client-api/errors.js';
import { getProfileEndpoint, patchProfileEndpoint } from './client-api/profile.js';
import { CLIENT_RATE_LIMIT, rateLimitMiddleware } from './client-api/rate-limit.js';
import { requestId } from './client-api/access.js';
import type { AppEnv, Endpoint, ServerContext } from './context.js';
import type { Control } from './control.js';
import { controlPlane } from './http-control/control-plane.js';
import { CONTROL_PREFIX, SIGN_IN_PATH } from './http-control/operation-paths.js';
import { faviconEndpoint } from './favicon.js';
import { faultMiddleware } from './control/fault-middleware.js';
import { apiCors, tokenCors, userinfoCors, wellKnownCors } from './cors.js';
import { errorResponse, notFoundResponse } from './error-responses.js';
import { avatarEndpoint } from './login/avatar.js';
import {
  showCodeEndpoint,
  showIdentifierEndpoint,
  submitCodeEndpoint,
  submitIdentifierEndpoint,
} from './login/login.js';
import { MANAGEMENT_PREFIXES, managementApi } from './management-api/app.js';
import { authorizeEndpoint, resumeEndpoint } from './oauth/authorize.js';
import { discoveryEndpoint, jwksEndpoint } from './oauth/discovery.js';
import { endSessionEndpoint, logoutEndpoint } from './oauth/logout.js';
import { revokeEndpoint } from './oauth/revoke.js';
import { tokenEndpoint } from './oauth/token.js';
import { userinfoEndpoint } from './oauth/userinfo.js';
import { recordMiddleware } from './record-middleware.js';
import { routePath } from './route-path.js';
import { apiCookiesMiddleware } from './token-handler/api-cookies.js';
import { callbackEndpoint } from './token-handler/callback.js';
import { loginEndpoint } from './token-handler/login.js';
import { getLogoutEndpoint, postLogoutEndpoint } from './token-handler/logout.js';
import { createTokenHandler } from './token-handler/token-handler.js';
import { handlerUserinfoEndpoint } from './token-handler/userinfo.js';

/** The endpoint that the path's `name` names. */
function byName(endpoints: Readonly<Record<string, Endpoint>>): Endpoint {
  const known = new Map(Object.entries(endpoints));
  return (c) => (known.get(c.req.param('name') ?? '') ?? notFoundResponse)(c);
}

/**
 * An app that is created with its first request. Routers are built for each server, and building one for
 * the many routes that most tests never call takes longer than the rest of the server.
 */
function onDemand(create: () => Hono<AppEnv>): Endpoint {
  let app: Hono<AppEnv> | null = null;
  return (c) => {
    app ??= create().onError((error) => {
      throw error;
    });
    return app.fetch(c.req.raw, c.env);
  };
}

/** All routes of the server, the same on every host name. */
export function createApp(server: ServerContext, control: Control): Hono<AppEnv> {
  // The faster of Hono's routers. It throws for routes that it does not support, which would slow down all of them.
  const getPath = (request: Request): string => routePath(server, request);
  const app = new Hono<AppEnv>({ router: new RegExpRouter(), getPath });
  const tokenHandler = createTokenHandler(server, async (request, signal) =>
    app.fetch(request, { isInternal: false, remoteAddress: null, signal }),
  );

  if (server.options.hasControlPlane) {
    // The one part of it that reads a body without a control token.
    app.use(SIGN_IN_PATH, bodyLimitMiddleware());
    app.all(CONTROL_PREFIX, controlPlane(server, control));
    app.all(`${CONTROL_PREFIX}/*`, controlPlane(server, control));
  }

  // Before the log, which is for the requests of apps.
  app.get('/favicon.ico', faviconEndpoint);

  app.use(bodyLimitMiddleware());
  app.use(recordMiddleware(server));
  app.use('/.well-known/*', wellKnownCors());
  app.use('/oauth/*', tokenCors());
  app.use('/userinfo', userinfoCors(server));
  app.use('/client/v1/*', apiCors());
  app.use('/profile', apiCors());
  for (const path of ['/client/v1/*', '/profile'])
    app.use(path, apiCookiesMiddleware(tokenHandler));
  app.use(faultMiddleware(server));

  app.get('/.well-known/openid-configuration', discoveryEndpoint(server));
  app.get('/.well-known/oauth-authorization-server', discoveryEndpoint(server));
  app.get('/.well-known/jwks.json', jwksEndpoint(server));

  app.on(['GET', 'POST'], '/authorize', authorizeEndpoint(server));
  app.get('/authorize/resume', resumeEndpoint(server));
  app.get('/u/login/identifier', showIdentifierEndpoint(server));
  app.post('/u/login/identifier', submitIdentifierEndpoint(server));
  app.get('/u/login/code', showCodeEndpoint(server));
  app.post('/u/login/code', submitCodeEndpoint(server));
  app.get('/avatars/:file', avatarEndpoint(server));

  app.post('/oauth/token', tokenEndpoint(server));
  app.post('/oauth/revoke', revokeEndpoint(server));
  app.on(['GET', 'POST'], '/userinfo', userinfoEndpoint(server));
  app.get('/v2/logout', logoutEndpoint(server));
  app.on(['GET', 'POST'], '/oidc/logout', endSessionEndpoint(server));

  // The names are a parameter because this router takes no fixed ones beside `/auth/:vendorId/`.
  app.get(
    '/auth/:name',
    byName({
      userinfo: handlerUserinfoEndpoint(tokenHandler),
      logout: getLogoutEndpoint(tokenHandler),
    }),
  );
  app.post('/auth/:name', byName({ logout: postLogoutEndpoint(tokenHandler) }));
  app.get('/auth/:vendorId/login', loginEndpoint(tokenHandler));
  app.get('/auth/:vendorId/callback', callbackEndpoint(tokenHandler));

  for (const path of ['/client/v1/profile', '/profile']) {
    app.use(path, rateLimitMiddleware(server, CLIENT_RATE_LIMIT));
    app.get(path, getProfileEndpoint(server));
    app.patch(path, patchProfileEndpoint(server));
  }

  for (const prefix of MANAGEMENT_PREFIXES) {
    app.all(
      `${prefix}/*`,
      onDemand(() => new Hono<AppEnv>({ getPath }).route(prefix, managementApi(server))),
    );
  }

  app.notFound((c) => notFoundResponse(c));
  app.onError((error, c) =>
    error instanceof ApiRefusal
      ? apiRefusalResponse(error, requestId(server))
      : errorResponse(server, c, error),
  );
  return app;
}
