import { refreshToken } from './refresh-token.js';
import type { ModeSetUp } from './mode.js';

/** An app in the mode `sso-cookie` whose issuer is on another site. */
export const ssoCookieFallback: ModeSetUp = {
  ...refreshToken,
  options: { ...refreshToken.options, mode: 'sso-cookie', fallbackMode: 'refresh-token' },
};
