import type * as Silent from '../oidc/silent.js';
import { load } from './load.js';

/** Loads what logs in without showing it. @throws AuthError `network` when the code cannot be had */
export const loadSilent = (): Promise<typeof Silent> => load(import('../oidc/silent.js'));
