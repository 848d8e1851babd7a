import { createMockServer } from '@sesamy-kit/mock-server';
import { APP_ORIGIN, CLIENT_ID, type ModeSetUp } from './mode.js';

export const tokenHandler: ModeSetUp = {
  options: { clientId: CLIENT_ID, mode: 'token-handler' },
  createServer: () =>
    createMockServer({
      clients: [
        {
          clientId: CLIENT_ID,
          callbacks: [`${APP_ORIGIN}/sesamy/auth/${CLIENT_ID}/callback`],
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
