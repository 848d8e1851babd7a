import type * as Protocol from '../oidc/login.js';
import { load } from './load.js';

/** Loads the login protocol, with oidc-client-ts. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadProtocol = (): Promise<typeof Protocol> => load(() => import('../oidc/login.js'));
