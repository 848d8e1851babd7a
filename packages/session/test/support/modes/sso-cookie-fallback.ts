import { refreshToken } from './refresh-token.js';
import type { ModeSetUp } from './mode.js';

/** An app that would use the login host's cookie, on a site where that host is a stranger. */
export const ssoCookieFallback: ModeSetUp = {
  ...refreshToken,
  options: { ...refreshToken.options, mode: 'sso-cookie', fallbackMode: 'refresh-token' },
};
