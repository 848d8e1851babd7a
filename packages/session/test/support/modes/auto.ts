import type { ModeSetUp } from './mode.js';
import { tokenHandler } from './token-handler.js';

/** The mode `auto` where it finds a token handler. */
export const autoTokenHandler: ModeSetUp = {
  ...tokenHandler,
  options: { ...tokenHandler.options, mode: 'auto' },
  profilePath: '/sesamy/api/client/v1/profile',
};
