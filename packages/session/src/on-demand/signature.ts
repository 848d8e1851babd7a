import type * as Signature from '../oidc/signature.js';
import { load } from './load.js';

/** Loads the code of `verifySignature`. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadSignature = (): Promise<typeof Signature> =>
  load(() => import('../oidc/signature.js'));
