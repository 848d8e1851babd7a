import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { requireAccessToken } from '@sesamy-kit/server/verify/hono';
import { Hono } from 'hono';

const verifier = createAccessTokenVerifier({ publisherId: 'your-publisher-id' });

export const app = new Hono()
  .get('/api/me', requireAccessToken(verifier), (c) =>
    c.json({ subject: c.get('accessToken').subject }),
  )
  .get('/api/admin', requireAccessToken(verifier, { permissions: ['admin'] }), (c) =>
    c.json({ admin: true }),
  );
