import { timeoutSignal } from '../platform/deadline.js';
import { isObject } from '../platform/json.js';
import { listen } from '../platform/listen.js';
import { parseUrl } from '../platform/parse-url.js';
import { openChannel } from './notices.js';

/*
 * How the window of a login hands its answer to the page that opened it, in two ways at once. A channel needs no
 * `window.opener`, which a login page with a Cross-Origin-Opener-Policy cuts off. A message to the opener needs no
 * shared storage partition, which a page in a frame of another site does not have. Both are for one OAuth `state`,
 * which only the two of them and the server know; what is handed over is the URL, of no use without the code verifier.
 */

/** How long the window waits for the page to take its answer. */
const HANDOVER_TIMEOUT_MS = 1_000;

/** What the page says when it has taken the URL. */
const TAKEN = true;

/** Tells a message to or from a login window of this state. */
const messageType = (state: string): string => `sesamy-kit/login/${state}`;

/** In the page: waits for the answer to the login with this `state` in `popup`, until `signal`. */
export function hearAnswer(state: string, popup: Window, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const take = (answer: unknown, reply: () => void): void => {
      if (typeof answer !== 'string' || parseUrl(answer) === null) return;
      reply();
      resolve(answer);
    };
    const channel = openLoginChannel(state, signal);
    channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      take(data, () => channel.postMessage(TAKEN)),
    );
    onMessage(popup, state, signal, (answer) => take(answer, () => post(popup, state, TAKEN)));
  });
}

/** In the window: hands the answer over. Resolves to whether a page took it. */
export async function handOverAnswer(state: string, callbackUrl: string): Promise<boolean> {
  const signal = timeoutSignal(HANDOVER_TIMEOUT_MS);
  const channel = openLoginChannel(state, signal);
  const opener = findOpener();
  const isTaken = new Promise<boolean>((resolve) => {
    const hear = (answer: unknown): void => {
      if (answer === TAKEN) resolve(true);
    };
    channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => hear(data));
    if (opener !== null) onMessage(opener, state, signal, hear);
    signal.addEventListener('abort', () => resolve(false));
  });
  channel?.postMessage(callbackUrl);
  if (opener !== null) post(opener, state, callbackUrl);
  return isTaken;
}

/** The page that opened this window, where the login page has not cut it off. */
function findOpener(): Window | null {
  return window.opener ?? null;
}

/** Only a page of this origin can read it. */
function post(target: Window, state: string, content: unknown): void {
  target.postMessage({ type: messageType(state), content }, location.origin);
}

/** Hears the messages of one window, while it shows a page of this origin, about one login. */
function onMessage(
  source: Window,
  state: string,
  signal: AbortSignal,
  hear: (content: unknown) => void,
): void {
  listen(
    window,
    'message',
    (event: MessageEvent<unknown>) => {
      const { data } = event;
      if (event.origin !== location.origin || event.source !== source || !isObject(data)) return;
      if (data['type'] === messageType(state)) hear(data['content']);
    },
    signal,
  );
}

function openLoginChannel(state: string, signal: AbortSignal): BroadcastChannel | null {
  const channel = openChannel(messageType(state));
  signal.addEventListener('abort', () => channel?.close());
  return channel;
}
