import type * as ControlApp from './control-app.js';
import type * as ControlSignIn from './control-sign-in.js';

/*
 * What the control plane needs is loaded with its first request, so that servers without one start faster. See `preload`.
 */

/** Loads the dashboard and the control API. */
export const loadControlApp = (): Promise<typeof ControlApp> => import('./control-app.js');

/** Loads the form for the control token. */
export const loadControlSignIn = (): Promise<typeof ControlSignIn> =>
  import('./control-sign-in.js');
