import { isObject, parseJson } from '../platform/json.js';

/** The page shows no user while it waits. */
const PROBE_TIMEOUT_MS = 3_000;

/**
 * Whether a token handler responds below the path: `true` for its `userinfo`, `false` for a definite sign of something
 * else (not found, a page, a redirect), `null` for anything that may pass, such as a failure. Does not reject.
 */
export async function probeHandler(
  authPath: string,
  send: typeof fetch = fetch,
): Promise<boolean | null> {
  try {
    const response = await send(`${authPath}/userinfo`, {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    const body = parseJson(await response.text());
    if (response.ok && isObject(body) && typeof body['authenticated'] === 'boolean') return true;
    const isElsewhere = response.type === 'opaqueredirect' || response.redirected;
    return isElsewhere || response.ok || [301, 302, 303, 307, 308, 404].includes(response.status)
      ? false
      : null;
  } catch {
    // A page that is left cancels its requests, and runs no timers from then on: such a probe never resolves.
    await new Promise((resolve) => setTimeout(resolve));
    return null;
  }
}
