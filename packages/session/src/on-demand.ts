import type * as RefreshTokenMode from './drivers/refresh-token-mode.js';
import { AuthError } from './errors.js';
import type * as Login from './oidc/login-chunk.js';
import type * as Renewal from './oidc/renewal.js';

/*
 * The one place that loads code while the page runs. A reader who never logs in loads none of it; one who is
 * signed in loads the driver; the rest comes when a token is renewed or a login begins.
 */

/** Loads the mode's driver. @throws AuthError `network` when the code cannot be had */
export const loadMode = (): Promise<typeof RefreshTokenMode> =>
  load(import('./drivers/refresh-token-mode.js'));

/** What a login needs. */
export type LoginCode = typeof Login;

/** Loads what a login needs, oidc-client-ts among it. @throws AuthError `network` */
export const loadLogin = (): Promise<LoginCode> => load(import('./oidc/login-chunk.js'));

/** Loads what talks to the token endpoint. @throws AuthError `network` */
export const loadRenewal = (): Promise<typeof Renewal> => load(import('./oidc/renewal.js'));

function load<Chunk>(chunk: Promise<Chunk>): Promise<Chunk> {
  return chunk.catch((cause: unknown) => {
    throw new AuthError('network', "A part of the app's code did not load. Try again.", { cause });
  });
}
