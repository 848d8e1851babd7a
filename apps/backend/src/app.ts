import { isManagementError, ManagementClient } from '@sesamy-kit/server/management';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { type AccessTokenEnv, requireAccessToken } from '@sesamy-kit/server/verify/hono';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { BackendConfig } from './config.js';

/** The routes of the backend. */
export function createBackend(config: BackendConfig): Hono<AccessTokenEnv> {
  const { issuer, apiUrl, audience, publisherId, clientId, clientSecret, fetch } = config;
  const verifier = createAccessTokenVerifier({
    publisherId,
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    ...(fetch !== undefined && { fetch }),
  });
  const sesamy = new ManagementClient({ clientId, clientSecret, issuer, apiUrl, audience, fetch });

  const app = new Hono<AccessTokenEnv>();
  app.use(
    '/api/*',
    cors({
      origin: [...config.allowedOrigins],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type'],
      // Without it the page cannot read why it was rejected.
      exposeHeaders: ['WWW-Authenticate', 'Retry-After'],
      maxAge: 600,
    }),
  );

  app.get('/api/me', requireAccessToken(verifier), (c) => {
    const { subject, email, scopes, permissions, expiresAt } = c.get('accessToken');
    c.header('cache-control', 'no-store');
    return c.json({ subject, email, scopes, permissions, expiresAt });
  });

  app.get(
    '/api/publishers',
    requireAccessToken(verifier, { permissions: ['publishers:read'] }),
    async (c) => {
      const publishers = await sesamy.publishers.list({}, { signal: c.req.raw.signal });
      c.header('cache-control', 'no-store');
      return c.json(publishers);
    },
  );

  // A sensitive action: users who logged in otherwise are sent back for a stronger login (RFC 9470).
  app.post('/api/signatures', requireAccessToken(verifier, { acrValues: ['mfa'] }), (c) => {
    c.header('cache-control', 'no-store');
    return c.json({ signedAt: new Date().toISOString() });
  });

  app.onError((error, c) => {
    // Details of a failure at Sesamy go to the log; the user only sees that it failed.
    config.log(error);
    const retryAfterSeconds = isManagementError(error) ? error.retryAfterSeconds : undefined;
    if (retryAfterSeconds !== undefined)
      c.header('retry-after', String(Math.ceil(retryAfterSeconds)));
    const status = isManagementError(error) ? (error.retryable ? 503 : 502) : 500;
    return c.json(
      { error: 'server_error', error_description: 'The backend could not respond.' },
      status,
    );
  });
  return app;
}
