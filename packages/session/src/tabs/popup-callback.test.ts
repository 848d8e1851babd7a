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

/** Another window, which only messages reach. */
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

describe('the answer of a login window', () => {
  test('is heard by the page that waits for it, and the window learns that it is taken', async () => {
    const heard = hear();
    expect(await handOverCallbackUrl(state, callbackUrl)).toBe(true);
    expect(await heard).toBe(callbackUrl);
  });

  test('is not taken where nobody waits', async () => {
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverCallbackUrl(state, callbackUrl);
    limit.abort();
    expect(await handing).toBe(false);
  });

  test('waits no longer than a second', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    void hear();
    await handOverCallbackUrl(state, callbackUrl);
    expect(timeout).toHaveBeenCalledExactlyOnceWith(1_000);
  });

  test('of another login is not heard', async () => {
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

  test('is taken by nobody who only says something on its channel', async () => {
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

  test('is not heard by a page that has given up', async () => {
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
    'is not what else is said on its channel: %j',
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

describe('the answer of a login window without a channel, as in a frame of another site', () => {
  beforeEach(() => {
    vi.stubGlobal('BroadcastChannel', undefined);
  });

  test('is heard from the window itself, which learns that it is taken', async () => {
    const heard = hear();
    receive(about(state, callbackUrl), popup);
    expect(await heard).toBe(callbackUrl);
    expect(postToPopup).toHaveBeenCalledExactlyOnceWith(about(state, true), location.origin);
  });

  test.each<[string, (other: Window) => void]>([
    ['of another origin', () => receive(about(state, callbackUrl), popup, 'https://evil.test')],
    ['of another window', (other) => receive(about(state, callbackUrl), other)],
    ['about another login', () => receive(about(`${state}-other`, callbackUrl), popup)],
    ['that is no URL', () => receive(about(state, 'text'), popup)],
    ['without a type', () => receive({ content: callbackUrl }, popup)],
    ['that is text', () => receive(callbackUrl, popup)],
  ])('is not heard from a message %s', async (_what, send) => {
    const heard = vi.fn<(url: string) => void>();
    void hear().then(heard);
    send(windowThat(() => {}));
    await new Promise((resolve) => setTimeout(resolve));
    expect(heard).not.toHaveBeenCalled();
    expect(postToPopup).not.toHaveBeenCalled();
  });

  test('is handed to the opener, for its own origin only, and taken by its word', async () => {
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
  ])('is not taken by a message %s', async (_what, send) => {
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
