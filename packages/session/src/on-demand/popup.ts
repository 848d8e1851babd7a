import type * as Popup from '../flows/popup-chunk.js';
import { load } from './load.js';

/** Loads the code of a popup login. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadPopup = (): Promise<typeof Popup> => load(() => import('../flows/popup-chunk.js'));
