import type * as Protocol from '../oidc/login.js';
import { load } from './load.js';

/** Loads the protocol of a login, oidc-client-ts among it. @throws AuthError `network` when it cannot be had */
export const loadProtocol = (): Promise<typeof Protocol> => load(import('../oidc/login.js'));
