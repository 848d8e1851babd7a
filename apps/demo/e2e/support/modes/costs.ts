import type { Mode } from './set-up.js';

/** The page's requests to Sesamy. */
export interface Cost {
  /** In the background of a reload. */
  readonly reload: readonly string[];
  /** Before a call whose access token has expired. */
  readonly renewal: readonly string[];
  /** Refresh tokens spent by such a call, by the page or the handler. */
  readonly refreshes: number;
  /** The call of the profile itself. */
  readonly profile: string;
}

const frameAndToken = [
  'GET login.publisher.test/authorize',
  'POST login.publisher.test/oauth/token',
];

/** The requests of each mode in its usual set-up. */
export const costs: Readonly<Record<Mode, Cost>> = {
  'refresh-token': {
    reload: [],
    renewal: ['POST token.sesamy.test/oauth/token'],
    refreshes: 1,
    profile: 'GET api.sesamy.test/client/v1/profile',
  },
  'sso-cookie': {
    reload: frameAndToken,
    renewal: frameAndToken,
    refreshes: 0,
    profile: 'GET api.sesamy.test/client/v1/profile',
  },
  'token-handler': {
    reload: ['GET app.publisher.test/sesamy/auth/userinfo'],
    renewal: [],
    refreshes: 1,
    profile: 'GET app.publisher.test/sesamy/api/client/v1/profile',
  },
};
