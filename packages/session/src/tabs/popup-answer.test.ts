import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { handOverAnswer, hearAnswer } from './popup-answer.js';

const callbackUrl = 'https://app.publisher.test/?code=c&state=s';
let count = 0;
let state = '';
beforeEach(() => {
  state = `state-${count++}`;
});

function hear(): Promise<string> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  return hearAnswer(state, stop.signal);
}

describe('the answer of a login window', () => {
  test('is heard by the page that waits for it, and the window learns that it is taken', async () => {
    const heard = hear();
    expect(await handOverAnswer(state, callbackUrl)).toBe(true);
    expect(await heard).toBe(callbackUrl);
  });

  test('is not taken where nobody waits', async () => {
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverAnswer(state, callbackUrl);
    limit.abort();
    expect(await handing).toBe(false);
  });

  test('waits no longer than a second', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    void hear();
    await handOverAnswer(state, callbackUrl);
    expect(timeout).toHaveBeenCalledExactlyOnceWith(1_000);
  });

  test('of another login is not heard', async () => {
    const heard = vi.fn<(url: string) => void>();
    void hear().then(heard);
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverAnswer(`${state}-other`, callbackUrl);
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
    const handing = handOverAnswer(state, callbackUrl);
    for (const message of [null, {}, { isTaken: 'yes' }]) channel.postMessage(message);
    await new Promise((resolve) => setTimeout(resolve, 10));
    limit.abort();
    expect(await handing).toBe(false);
  });

  test('is not heard by a page that has given up', async () => {
    const stop = new AbortController();
    const heard = vi.fn<(url: string) => void>();
    void hearAnswer(state, stop.signal).then(heard);
    stop.abort();
    const limit = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const handing = handOverAnswer(state, callbackUrl);
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
      expect(await handOverAnswer(state, callbackUrl)).toBe(true);
      expect(await heard).toBe(callbackUrl);
    },
  );
});
