import type * as TakeOver from '../migrate/take-over-session.js';
import { load } from './load.js';

/** Loads the code of a take-over. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadTakeOver = (): Promise<typeof TakeOver> =>
  load(() => import('../migrate/take-over-session.js'));
