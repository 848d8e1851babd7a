import type * as Silent from '../oidc/silent.js';
import { load } from './load.js';

/** Loads the code of silent logins. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadSilent = (): Promise<typeof Silent> => load(() => import('../oidc/silent.js'));
