import type * as Waiting from '../api/waiting-fetch.js';
import { load } from './load.js';

/** Loads the code of calls that wait for a login. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadWaiting = (): Promise<typeof Waiting> =>
  load(() => import('../api/waiting-fetch.js'));
