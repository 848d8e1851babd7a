import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { handOverCallbackUrl, receiveCallbackUrl } from './popup-callback.js';

const callbackUrl = 'https://app.publisher.test/?code=c&state=s';
let count = 0;
let state = '';
let popup: Window;
const postToPopup = vi.fn<(message: unknown, targetOrigin: string) => void>();
beforeEach(() => {
  state = `state-${count++}`;
  postToPopup.mockReset();
  popup = windowThat(postToPopup);
});

/** Another window, reachable by messages only. */
function windowThat(postMessage: (message: unknown, targetOrigin: string) => void): Window {
  return { postMessage } as unknown as Window;
}

/** Posts to this window as another one does. */
function receive(data: unknown, source: Window, origin: string = location.origin): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

const about = (name: string, content: unknown): object => ({
  type: `sesamy-kit/login/${name}`,
  content,
});

function hear(): Promise<string> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  return receiveCallbackUrl(state, popup, stop.signal);
}

describe('the callback URL of a login popup', () => {
  test('a callback URL reaches the waiting page, which confirms it', async () => {
    const heard = hear();
    expect(await handOverCallbackUrl(state, callbackUrl)).toBe(true);
    expect(await heard).toBe(callbackUrl);
  });

  test('a callback URL is not confirmed without a waiting page', async () => {
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverCallbackUrl(state, callbackUrl);
    limit.abort();
    expect(await handing).toBe(false);
  });

  test('a popup waits at most a second for a confirmation', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    void hear();
    await handOverCallbackUrl(state, callbackUrl);
    expect(timeout).toHaveBeenCalledExactlyOnceWith(1_000);
  });

  test('the callback URL of another login is ignored', async () => {
    const heard = vi.fn<(url: string) => void>();
    void hear().then(heard);
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverCallbackUrl(`${state}-other`, callbackUrl);
    await new Promise((resolve) => setTimeout(resolve, 10));
    limit.abort();
    expect(await handing).toBe(false);
    expect(heard).not.toHaveBeenCalled();
  });

  test('other messages on the channel do not confirm a callback URL', async () => {
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const channel = new BroadcastChannel(`sesamy-kit/login/${state}`);
    onTestFinished(() => channel.close());
    const handing = handOverCallbackUrl(state, callbackUrl);
    for (const message of [null, {}, { isTaken: 'yes' }]) channel.postMessage(message);
    await new Promise((resolve) => setTimeout(resolve, 10));
    limit.abort();
    expect(await handing).toBe(false);
  });

  test('a page that has stopped waiting receives no callback URL', async () => {
    const stop = new AbortController();
    const heard = vi.fn<(url: string) => void>();
    void receiveCallbackUrl(state, popup, stop.signal).then(heard);
    stop.abort();
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverCallbackUrl(state, callbackUrl);
    await new Promise((resolve) => setTimeout(resolve, 10));
    limit.abort();
    expect(await handing).toBe(false);
    expect(heard).not.toHaveBeenCalled();
  });

  test.each([null, 7, 'text', {}, { callbackUrl: 7 }, { callbackUrl: null }])(
    'a message on the channel that is not a URL is ignored: %j',
    async (message) => {
      const heard = hear();
      const channel = new BroadcastChannel(`sesamy-kit/login/${state}`);
      onTestFinished(() => channel.close());
      channel.postMessage(message);
      expect(await handOverCallbackUrl(state, callbackUrl)).toBe(true);
      expect(await heard).toBe(callbackUrl);
    },
  );
});

describe('the callback URL of a login popup without a channel', () => {
  beforeEach(() => {
    vi.stubGlobal('BroadcastChannel', undefined);
  });

  test('a callback URL posted by the popup is received and confirmed', async () => {
    const heard = hear();
    receive(about(state, callbackUrl), popup);
    expect(await heard).toBe(callbackUrl);
    expect(postToPopup).toHaveBeenCalledExactlyOnceWith(about(state, true), location.origin);
  });

  test.each<[string, (other: Window) => void]>([
    ['of another origin', () => receive(about(state, callbackUrl), popup, 'https://evil.test')],
    ['of another window', (other) => receive(about(state, callbackUrl), other)],
    ['about another login', () => receive(about(`${state}-other`, callbackUrl), popup)],
    ['that is not a URL', () => receive(about(state, 'text'), popup)],
    ['without a type', () => receive({ content: callbackUrl }, popup)],
    ['that is a string', () => receive(callbackUrl, popup)],
  ])('a callback URL is not accepted from a message %s', async (_what, send) => {
    const heard = vi.fn<(url: string) => void>();
    void hear().then(heard);
    send(windowThat(() => {}));
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).not.toHaveBeenCalled();
    expect(postToPopup).not.toHaveBeenCalled();
  });

  test('a callback URL is posted to the opener for its own origin only, and confirmed by it', async () => {
    const opener = windowThat((message, targetOrigin) => {
      expect([message, targetOrigin]).toEqual([about(state, callbackUrl), location.origin]);
      queueMicrotask(() => receive(about(state, true), opener));
    });
    vi.stubGlobal('opener', opener);
    expect(await handOverCallbackUrl(state, callbackUrl)).toBe(true);
  });

  test.each<[string, (opener: Window, other: Window) => void]>([
    ['of another origin', (opener) => receive(about(state, true), opener, 'https://evil.test')],
    ['of another window', (_opener, other) => receive(about(state, true), other)],
    ['about another login', (opener) => receive(about('other', true), opener)],
  ])('a callback URL is not confirmed by a message %s', async (_what, send) => {
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const opener = windowThat(() => {});
    vi.stubGlobal('opener', opener);
    const handing = handOverCallbackUrl(state, callbackUrl);
    send(
      opener,
      windowThat(() => {}),
    );
    limit.abort();
    expect(await handing).toBe(false);
  });
});
