import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { accessTokenOf, requireAccessToken } from '@sesamy-kit/server/verify/express';
import express from 'express';

const verifier = createAccessTokenVerifier({ publisherId: 'your-publisher-id' });

export const app = express();
app.get('/api/me', requireAccessToken(verifier), (request, response) => {
  response.json({ subject: accessTokenOf(request).subject });
});
app.get('/api/admin', requireAccessToken(verifier, { permissions: ['admin'] }), (_, response) => {
  response.json({ admin: true });
});
