import { createMockServer } from '@sesamy-kit/mock-server';
import { APP_ORIGIN, CLIENT_ID, type ModeSetUp } from './mode.js';

export const refreshToken: ModeSetUp = {
  options: { clientId: CLIENT_ID, mode: 'refresh-token' },
  createServer: () =>
    createMockServer({
      clients: [
        {
          clientId: CLIENT_ID,
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
