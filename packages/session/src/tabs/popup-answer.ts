import { timeoutSignal } from '../deadline.js';
import { parseUrl } from '../parse-url.js';

/*
 * How the window of a login hands its answer to the page that opened it. It does not need `window.opener`, which
 * a login page with a Cross-Origin-Opener-Policy cuts off. The channel is named by the OAuth `state`, which only
 * the two of them and the server know; what is handed over is the URL, of no use without the code verifier.
 */

/** How long the window waits for the page to take its answer. */
const HANDOVER_TIMEOUT_MS = 1_000;

/** What the page says when it has taken the URL. */
const TAKEN = true;

/** In the page: hears the answer to the login with this `state`, until `signal`. */
export function hearAnswer(state: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const channel = openChannel(state, signal);
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== 'string' || parseUrl(data) === null) return;
      channel.postMessage(TAKEN);
      resolve(data);
    });
  });
}

/** In the window: hands the answer over. Resolves to whether somebody took it. */
export async function handOverAnswer(state: string, callbackUrl: string): Promise<boolean> {
  const signal = timeoutSignal(HANDOVER_TIMEOUT_MS);
  const channel = openChannel(state, signal);
  const isTaken = new Promise<boolean>((resolve) => {
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === TAKEN) resolve(true);
    });
    signal.addEventListener('abort', () => resolve(false));
  });
  channel.postMessage(callbackUrl);
  return isTaken;
}

function openChannel(state: string, signal: AbortSignal): BroadcastChannel {
  const channel = new BroadcastChannel(`sesamy-kit/login/${state}`);
  signal.addEventListener('abort', () => channel.close());
  return channel;
}
