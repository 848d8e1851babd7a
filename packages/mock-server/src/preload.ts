import { loadBadIdToken } from './control/load-bad-id-token.js';
import { loadControlApp, loadControlSignIn } from './http-control/load-control.js';
import { loadDecryption, loadEncryption, loadKeyImport, loadVerification } from './load-jose.js';

/**
 * Loads what is otherwise loaded with the first request that needs it, for a server that runs for long: an installation
 * may remove or replace its files meanwhile. Each file has one place that imports it, since Node looks for it again for
 * every other place, even if it is loaded.
 */
export async function preload(): Promise<void> {
  await Promise.all([
    loadBadIdToken(),
    loadControlApp(),
    loadControlSignIn(),
    loadDecryption(),
    loadEncryption(),
    loadKeyImport(),
    loadVerification(),
  ]);
}
