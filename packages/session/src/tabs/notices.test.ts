import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTabs, type TabNotice, type Tabs } from './notices.js';

let channelCount = 0;
const newName = (): string => `tabs-${channelCount++}`;

afterEach(() => vi.unstubAllGlobals());

function hear(tabs: Tabs): TabNotice[] {
  const heard: TabNotice[] = [];
  onTestFinished(tabs.listen((notice) => heard.push(notice)));
  return heard;
}

describe('notices', () => {
  test('reach all other tabs and never the one that posts', async () => {
    const name = newName();
    const [here, there, elsewhere] = [createTabs(name), createTabs(name), createTabs(name)];
    const heard = [hear(here), hear(there), hear(elsewhere)];
    here.post('changed');
    there.post('logged-out');
    await vi.waitFor(() =>
      expect(heard).toEqual([['logged-out'], ['changed'], ['changed', 'logged-out']]),
    );
  });

  test('come from a tab that does not listen as well', async () => {
    const name = newName();
    const heard = hear(createTabs(name));
    createTabs(name).post('logged-out');
    await vi.waitFor(() => expect(heard).toEqual(['logged-out']));
  });

  test('of another session are not heard', async () => {
    const [name, other] = [newName(), newName()];
    const heard = hear(createTabs(name));
    createTabs(other).post('logged-out');
    createTabs(name).post('changed');
    await vi.waitFor(() => expect(heard).toEqual(['changed']));
  });

  test('are not heard by whoever stopped listening', async () => {
    const name = newName();
    const left = createTabs(name);
    const heard: TabNotice[] = [];
    left.listen((notice) => heard.push(notice))();
    const stays = hear(createTabs(name));
    createTabs(name).post('changed');
    await vi.waitFor(() => expect(stays).toEqual(['changed']));
    expect(heard).toEqual([]);
  });

  test('can be posted by whoever stopped listening', async () => {
    const name = newName();
    const left = createTabs(name);
    left.listen(() => {})();
    const heard = hear(createTabs(name));
    left.post('changed');
    await vi.waitFor(() => expect(heard).toEqual(['changed']));
  });

  test('that nobody of us posts are not heard', async () => {
    const name = newName();
    const heard = hear(createTabs(name));
    const channel = new BroadcastChannel(name);
    onTestFinished(() => channel.close());
    for (const data of [null, 7, '', 'CHANGED', ['changed'], { type: 'changed' }]) {
      channel.postMessage(data);
    }
    channel.postMessage('changed');
    await vi.waitFor(() => expect(heard).toEqual(['changed']));
  });
});

test('nothing is opened before it is used, and nothing is left open after a post', () => {
  const open = new Set<object>();
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        open.add(this);
      }
      postMessage(): void {}
      addEventListener(): void {}
      close(): void {
        open.delete(this);
      }
    },
  );
  const tabs = createTabs(newName());
  expect(open.size).toBe(0);
  tabs.post('changed');
  expect(open.size).toBe(0);
  const stop = tabs.listen(() => {});
  tabs.post('changed');
  expect(open.size).toBe(1);
  stop();
  expect(open.size).toBe(0);
});

describe('in a browser without a working BroadcastChannel', () => {
  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    [
      'may not be made',
      function denied() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    ],
    [
      'takes no messages',
      class extends EventTarget {
        close(): void {}
        postMessage(): never {
          throw new DOMException('closed', 'InvalidStateError');
        }
      },
    ],
  ])('that %s, a tab is on its own and nothing throws', (_what, BroadcastChannel) => {
    vi.stubGlobal('BroadcastChannel', BroadcastChannel);
    const tabs = createTabs(newName());
    tabs.post('changed');
    const stop = tabs.listen(() => {});
    tabs.post('logged-out');
    stop();
  });
});
