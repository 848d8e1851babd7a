import { createMockServer } from '@sesamy-kit/mock-server';
import { APP_ORIGIN, type ModeSetUp } from './mode.js';

export const refreshToken: ModeSetUp = {
  options: { mode: 'refresh-token' },
  createServer: (clientId) =>
    createMockServer({
      clients: [
        {
          clientId,
          callbacks: [`${APP_ORIGIN}/`],
          refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
        },
      ],
    }),
  countRenewals: (server) => server.control.requests.count({ grant: 'refresh_token' }),
  endSession: (server) => void server.control.refreshTokens.revoke({ user: 'ada' }),
  endReason: 'revoked',
  renewalGrant: 'refresh_token',
};
