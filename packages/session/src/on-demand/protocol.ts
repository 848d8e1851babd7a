import type * as Protocol from '../oidc/login.js';
import { load } from './load.js';

/** Loads the protocol of a login, oidc-client-ts among it. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadProtocol = (): Promise<typeof Protocol> => load(() => import('../oidc/login.js'));
