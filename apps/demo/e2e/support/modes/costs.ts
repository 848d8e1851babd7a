import type { SetUp } from './set-up.js';

/** What a session costs Sesamy in requests. */
export interface Cost {
  /** In the background of a reload. */
  readonly reload: readonly string[];
  /** Before a call whose access token has expired. */
  readonly renewal: readonly string[];
  /** The call of the profile itself. */
  readonly profile: string;
}

const frameAndToken = [
  'GET login.publisher.test/authorize',
  'POST login.publisher.test/oauth/token',
];

/** What each mode costs, where it is at home. */
export const costs: Readonly<Record<SetUp['mode'], Cost>> = {
  'refresh-token': {
    reload: [],
    renewal: ['POST token.sesamy.test/oauth/token'],
    profile: 'GET api.sesamy.test/client/v1/profile',
  },
  'sso-cookie': {
    reload: frameAndToken,
    renewal: frameAndToken,
    profile: 'GET api.sesamy.test/client/v1/profile',
  },
  'token-handler': {
    reload: ['GET app.publisher.test/sesamy/auth/userinfo'],
    renewal: [],
    profile: 'GET app.publisher.test/sesamy/api/client/v1/profile',
  },
};
