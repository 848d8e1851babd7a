import type * as OptionHints from '../options/option-hints.js';
import { load } from './load.js';

/** Loads the hints for misspelt options. @throws AuthError when they cannot be loaded */
export const loadOptionHints = (): Promise<typeof OptionHints> =>
  load(() => import('../options/option-hints.js'));
