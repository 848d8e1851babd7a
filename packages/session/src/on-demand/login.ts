import type * as Login from '../oidc/login-chunk.js';
import { load } from './load.js';

/** Loads what a login needs, oidc-client-ts among it. @throws AuthError `network` when it cannot be had */
export const loadLogin = (): Promise<typeof Login> => load(import('../oidc/login-chunk.js'));
