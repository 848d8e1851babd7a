import { createMockServer } from '@sesamy-kit/mock-server';
import { APP_ORIGIN, type ModeSetUp } from './mode.js';

/** The authorization server on the publisher's own site. */
export const LOGIN_ORIGIN = 'https://login.publisher.test';

export const ssoCookie: ModeSetUp = {
  options: { mode: 'sso-cookie', issuer: `${LOGIN_ORIGIN}/` },
  createServer: (clientId) =>
    createMockServer({
      customDomains: [`${LOGIN_ORIGIN}/`],
      clients: [{ clientId, callbacks: [`${APP_ORIGIN}/`] }],
    }),
  countRenewals: (server) =>
    server.control.requests
      .list({ endpoint: 'authorize' })
      .filter(({ params }) => params['prompt'] === 'none').length,
  endSession: (server) => void server.control.sessions.end({ user: 'ada' }),
  endReason: 'expired',
  renewalGrant: 'authorization_code',
};
