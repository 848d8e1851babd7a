import type * as Fallback from '../drivers/refresh-token-mode.js';
import { load } from './load.js';

/** Loads the mode that works on any domain. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadFallback = (): Promise<typeof Fallback> =>
  load(() => import('../drivers/refresh-token-mode.js'));
