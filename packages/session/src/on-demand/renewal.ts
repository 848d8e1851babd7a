import type * as Renewal from '../oidc/renewal.js';
import { load } from './load.js';

/** Loads the code of token renewals. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadRenewal = (): Promise<typeof Renewal> => load(() => import('../oidc/renewal.js'));
