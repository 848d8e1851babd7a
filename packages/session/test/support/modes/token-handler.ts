import { createMockServer } from '@sesamy-kit/mock-server';
import { APP_ORIGIN, type ModeSetUp } from './mode.js';

export const tokenHandler: ModeSetUp = {
  options: { mode: 'token-handler' },
  createServer: (clientId) =>
    createMockServer({
      clients: [
        {
          clientId,
          callbacks: [`${APP_ORIGIN}/sesamy/auth/${clientId}/callback`],
          logoutUrls: [`${APP_ORIGIN}/`],
          refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
        },
      ],
    }),
  countRenewals: (server) => server.control.requests.count({ grant: 'refresh_token' }),
  endSession: (server) => void server.control.refreshTokens.revoke({ user: 'ada' }),
  endReason: 'expired',
  renewalGrant: 'refresh_token',
};
