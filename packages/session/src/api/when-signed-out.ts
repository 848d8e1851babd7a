import { loadWaiting } from '../on-demand/waiting.js';
import type { Session } from '../session.js';
import type { WaitContext } from './waiting-fetch.js';

/**
 * Adds the option `whenSignedOut` to `send`. The code that waits is loaded by the first call that uses it; without it,
 * as after a deploy, the call is sent and rejects if no user is signed in.
 */
export function addWhenSignedOut(
  send: Session['fetch'],
  context: Omit<WaitContext, 'send'>,
  loadCode: typeof loadWaiting = loadWaiting,
): Session['fetch'] {
  return async (input, init) => {
    if ((init?.whenSignedOut ?? 'reject') === 'reject') return send(input, init);
    // The user of the call, not the one who is signed in once the code is loaded.
    const forUser = init?.forUser ?? context.lastUser()?.sub;
    const { error: earlierError } = context.getSnapshot();
    const code = await loadCode().catch(() => null);
    const wanted = { ...init, forUser };
    return code === null
      ? send(input, wanted)
      : code.fetchWhenSignedIn({ ...context, send }, input, wanted, earlierError);
  };
}
