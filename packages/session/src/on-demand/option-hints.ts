import type * as OptionHints from '../option-hints.js';
import { load } from './load.js';

/** Loads what tells a developer of misspelt options. @throws AuthError when it cannot be had */
export const loadOptionHints = (): Promise<typeof OptionHints> =>
  load(() => import('../option-hints.js'));
