import type * as BadIdToken from './bad-id-token.js';

/** Loads what only faults of ID Tokens need. See `preload`. */
export const loadBadIdToken = (): Promise<typeof BadIdToken> => import('./bad-id-token.js');
