import { authenticate, createAccessTokenVerifier, refusalOf } from '@sesamy-kit/server/verify';
import type { AccessToken, AccessTokenRequirements } from '@sesamy-kit/server/verify';
import createFastify, { type onRequestAsyncHookHandler } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    accessToken: AccessToken;
  }
}

const verifier = createAccessTokenVerifier({ publisherId: 'your-publisher-id' });

function requireAccessToken(requirements?: AccessTokenRequirements): onRequestAsyncHookHandler {
  return async (request, reply) => {
    try {
      request.accessToken = await authenticate(request, verifier, requirements);
    } catch (error) {
      const { status, headers, body } = refusalOf(error);
      return reply.code(status).headers(headers).send(body);
    }
  };
}

export const fastify = createFastify();
fastify.get('/api/me', { onRequest: requireAccessToken() }, (request) => ({
  subject: request.accessToken.subject,
}));
fastify.get('/api/admin', { onRequest: requireAccessToken({ permissions: ['admin'] }) }, () => ({
  admin: true,
}));
