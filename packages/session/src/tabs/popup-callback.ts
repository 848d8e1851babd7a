import { isObject } from '../platform/json.js';
import { listen } from '../platform/listen.js';
import { parseUrl } from '../platform/parse-url.js';
import { openChannel } from './notices.js';

/*
 * A login window hands its callback URL to the page that opened it, in two ways in parallel. A channel needs no
 * `window.opener`, which a login page's Cross-Origin-Opener-Policy severs. A message to the opener needs no shared
 * storage partition, which a page in a frame of another site does not have. Both are bound to one OAuth `state`, a
 * secret of the two pages and the server. The URL is useless without the code verifier.
 */

/** How long the window waits for the page to confirm. */
const HANDOVER_TIMEOUT_MS = 1_000;

/** The page's confirmation that it has received the URL. */
const RECEIVED = true;

/** Returns the type of the messages to and from the login window of this `state`. */
const messageType = (state: string): string => `sesamy-kit/login/${state}`;

/** In the page: resolves to the callback URL of the login with this `state` in `popup`. `signal` stops listening. */
export function receiveCallbackUrl(
  state: string,
  popup: Window,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve) => {
    const receive = (url: unknown, confirm: () => void): void => {
      if (typeof url !== 'string' || parseUrl(url) === null) return;
      confirm();
      resolve(url);
    };
    const channel = openLoginChannel(state, signal);
    channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      receive(data, () => channel.postMessage(RECEIVED)),
    );
    onMessage(popup, state, signal, (url) => receive(url, () => post(popup, state, RECEIVED)));
  });
}

/** In the window: hands over the callback URL. Resolves to whether a page has received it. */
export async function handOverCallbackUrl(state: string, callbackUrl: string): Promise<boolean> {
  const signal = AbortSignal.timeout(HANDOVER_TIMEOUT_MS);
  const channel = openLoginChannel(state, signal);
  const opener = findOpener();
  const isReceived = new Promise<boolean>((resolve) => {
    const onReply = (reply: unknown): void => {
      if (reply === RECEIVED) resolve(true);
    };
    channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => onReply(data));
    if (opener !== null) onMessage(opener, state, signal, onReply);
    signal.addEventListener('abort', () => resolve(false));
  });
  channel?.postMessage(callbackUrl);
  if (opener !== null) post(opener, state, callbackUrl);
  return isReceived;
}

/** Returns the page that opened this window, unless the login page has severed it. */
function findOpener(): Window | null {
  return window.opener ?? null;
}

/** Posts a message that only a page of this origin receives. */
function post(target: Window, state: string, content: unknown): void {
  target.postMessage({ type: messageType(state), content }, location.origin);
}

/** Listens to one window's messages about one login, while it shows a page of this origin. */
function onMessage(
  source: Window,
  state: string,
  signal: AbortSignal,
  listener: (content: unknown) => void,
): void {
  listen(
    window,
    'message',
    (event: MessageEvent<unknown>) => {
      const { data } = event;
      if (event.origin !== location.origin || event.source !== source || !isObject(data)) return;
      if (data['type'] === messageType(state)) listener(data['content']);
    },
    signal,
  );
}

function openLoginChannel(state: string, signal: AbortSignal): BroadcastChannel | null {
  const channel = openChannel(messageType(state));
  signal.addEventListener('abort', () => channel?.close());
  return channel;
}
