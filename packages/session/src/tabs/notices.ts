/** What one tab tells the others. It carries nothing else: whoever hears it reads the stored record. */
export type TabNotice = 'changed' | 'logged-out';

/** The line to the other tabs of this session. Where the browser has or allows none, a tab is on its own. */
export interface Tabs {
  /** Starts hearing the other tabs; returns how to stop. Does not throw. */
  listen(onNotice: (notice: TabNotice) => void): () => void;
  /** Tells all other tabs, never this one. Does not throw. */
  post(notice: TabNotice): void;
}

/** Opens nothing until used. */
export function createTabs(name: string): Tabs {
  let listening: BroadcastChannel | null = null;
  return {
    listen(onNotice) {
      const channel = openChannel(name);
      channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data === 'changed' || event.data === 'logged-out') onNotice(event.data);
      });
      listening = channel;
      return () => {
        channel?.close();
        if (listening === channel) listening = null;
      };
    },
    post(notice) {
      // Posting on the channel that listens keeps the notice away from this tab's own listener.
      const channel = listening ?? openChannel(name);
      try {
        channel?.postMessage(notice);
      } catch {
        // The other tabs find out when they come to the front.
      }
      if (channel !== listening) channel?.close();
    },
  };
}

/** Opens a channel; `null` where it is missing or denied, as in Firefox with all cookies blocked. */
export function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
