import type * as Signature from '../oidc/signature.js';
import { load } from './load.js';

/** Loads what checks signatures, for those who ask for it. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadSignature = (): Promise<typeof Signature> =>
  load(() => import('../oidc/signature.js'));
