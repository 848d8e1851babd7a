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
  test('notices reach all other tabs and never the sender', async () => {
    const name = newName();
    const [here, there, elsewhere] = [createTabs(name), createTabs(name), createTabs(name)];
    const heard = [hear(here), hear(there), hear(elsewhere)];
    here.post('changed');
    there.post('logged-out');
    await vi.waitFor(() =>
      expect(heard).toEqual([['logged-out'], ['changed'], ['changed', 'logged-out']]),
    );
  });

  test('a tab that does not listen can post notices', async () => {
    const name = newName();
    const heard = hear(createTabs(name));
    createTabs(name).post('logged-out');
    await vi.waitFor(() => expect(heard).toEqual(['logged-out']));
  });

  test('notices of another session are ignored', async () => {
    const [name, other] = [newName(), newName()];
    const heard = hear(createTabs(name));
    createTabs(other).post('logged-out');
    createTabs(name).post('changed');
    await vi.waitFor(() => expect(heard).toEqual(['changed']));
  });

  test('a tab that has stopped listening receives no notices', async () => {
    const name = newName();
    const left = createTabs(name);
    const heard: TabNotice[] = [];
    left.listen((notice) => heard.push(notice))();
    const stays = hear(createTabs(name));
    createTabs(name).post('changed');
    await vi.waitFor(() => expect(stays).toEqual(['changed']));
    expect(heard).toEqual([]);
  });

  test('a tab that has stopped listening can post notices', async () => {
    const name = newName();
    const left = createTabs(name);
    left.listen(() => {})();
    const heard = hear(createTabs(name));
    left.post('changed');
    await vi.waitFor(() => expect(heard).toEqual(['changed']));
  });

  test('unknown messages on the channel are ignored', async () => {
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

test('a channel is opened on use, and closed after a post', () => {
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
      'throws on construction',
      function denied() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    ],
    [
      'throws on postMessage',
      class extends EventTarget {
        close(): void {}
        postMessage(): never {
          throw new DOMException('closed', 'InvalidStateError');
        }
      },
    ],
  ])('a tab is on its own, without an error, in a browser that %s', (_what, BroadcastChannel) => {
    vi.stubGlobal('BroadcastChannel', BroadcastChannel);
    const tabs = createTabs(newName());
    tabs.post('changed');
    const stop = tabs.listen(() => {});
    tabs.post('logged-out');
    stop();
  });
});
