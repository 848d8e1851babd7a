/** A notice to the other tabs. It has no payload: a tab that receives it reads the stored record. */
export type TabNotice = 'changed' | 'logged-out';

/** The channel to the session's other tabs. If the browser has none, or denies it, a tab is on its own. */
export interface Tabs {
  /** Listens to the other tabs; returns a function that stops it. Does not throw. */
  listen(onNotice: (notice: TabNotice) => void): () => void;
  /** Notifies all other tabs, never this one. Does not throw. */
  post(notice: TabNotice): void;
}

/** Creates the channel. Opens nothing until it is used. */
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
      // A channel does not receive its own messages, so the listening one keeps the notice from this tab.
      const channel = listening ?? openChannel(name);
      try {
        channel?.postMessage(notice);
      } catch {
        // The other tabs revalidate when they become visible.
      }
      if (channel !== listening) channel?.close();
    },
  };
}

/** Opens a channel; returns `null` if it is missing or denied, as in Firefox with all cookies blocked. */
export function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
