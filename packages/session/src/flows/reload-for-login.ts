import { readTab, updateTab } from '../storage/tab-entry.js';

/** A page reloads by itself at most once in this time. */
const WINDOW_MS = 60_000;

/** A page that is still loaded after this has not unloaded, e.g. because the user chose to stay. */
const LEAVE_TIMEOUT_MS = 15_000;

/**
 * Reloads the page once for a login whose code is no longer on the server, e.g. after a deploy; the new page continues
 * it, see `takeReloadedLogin`. Resolves if the page was just reloaded, or the browser cannot store that, or the page has
 * not unloaded.
 * @param given the options of the login, as the app gave them
 */
export async function reloadForLogin(key: string, given: unknown): Promise<void> {
  if (!keepLogin(key, given)) return;
  location.reload();
  await new Promise((resolve) => setTimeout(resolve, LEAVE_TIMEOUT_MS));
}

/** Stores the login for after the reload. Returns whether to reload. */
function keepLogin(key: string, given: unknown): boolean {
  const now = Date.now();
  if (Math.abs(now - Number(readTab(key)['reloadedAt'])) < WINDOW_MS) return false;
  // Functions cannot be stored, and a click's event has no options.
  const reloadedFor = Object.fromEntries(
    Object.entries(given ?? {}).filter(
      ([name, value]) => name === 'authorizationParams' || /^[bns]/.test(typeof value),
    ),
  );
  return updateTab(key, { reloadedAt: now, reloadedFor });
}

/** Forgets the login that the page was reloaded for. Returns whether there was one. */
export function dropReloadedLogin(key: string): boolean {
  const { reloadedFor } = readTab(key);
  // Counted from now, so that a page that was slow to load does not reload again.
  return (
    reloadedFor !== undefined && updateTab(key, { reloadedAt: Date.now(), reloadedFor: undefined })
  );
}
