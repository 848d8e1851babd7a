import type { ModeSetUp } from './mode.js';
import { refreshToken } from './refresh-token.js';
import { ssoCookie } from './sso-cookie.js';
import { tokenHandler } from './token-handler.js';

/** The mode `auto` where it finds a token handler. */
export const autoTokenHandler: ModeSetUp = {
  ...tokenHandler,
  options: { ...tokenHandler.options, mode: 'auto' },
  profilePath: '/sesamy/api/client/v1/profile',
};

/** The path of a token handler that is not there. */
const authPath = '/nowhere/auth';

/** The mode `auto` where it finds no token handler, and the issuer on the page's site. */
export const autoSsoCookie: ModeSetUp = {
  ...ssoCookie,
  options: { ...ssoCookie.options, mode: 'auto', authPath },
};

/** The mode `auto` where it finds neither. */
export const autoRefreshToken: ModeSetUp = {
  ...refreshToken,
  options: { ...refreshToken.options, mode: 'auto', authPath },
};
