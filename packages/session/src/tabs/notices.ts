/** What one tab tells the others. It carries nothing else: whoever hears it reads the stored record. */
export type TabNotice = 'changed' | 'logged-out';

/** The line to the other tabs of this session. */
export interface Tabs {
  /** Starts hearing the other tabs; returns how to stop. */
  listen(onNotice: (notice: TabNotice) => void): () => void;
  /** Tells all other tabs, never this one. */
  post(notice: TabNotice): void;
}

/** Opens nothing until used. */
export function createTabs(name: string): Tabs {
  let listening: BroadcastChannel | null = null;
  return {
    listen(onNotice) {
      const channel = new BroadcastChannel(name);
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data === 'changed' || event.data === 'logged-out') onNotice(event.data);
      });
      listening = channel;
      return () => {
        channel.close();
        if (listening === channel) listening = null;
      };
    },
    post(notice) {
      // Posting on the channel that listens keeps the notice away from this tab's own listener.
      if (listening !== null) return listening.postMessage(notice);
      const channel = new BroadcastChannel(name);
      channel.postMessage(notice);
      channel.close();
    },
  };
}
