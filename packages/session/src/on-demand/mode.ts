import type * as RefreshTokenMode from '../drivers/refresh-token-mode.js';
import { load } from './load.js';

/** Loads the mode's driver. @throws AuthError `network` when the code cannot be had */
export const loadMode = (): Promise<typeof RefreshTokenMode> =>
  load(import('../drivers/refresh-token-mode.js'));
