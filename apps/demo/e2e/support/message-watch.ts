import type { BrowserContext } from '@playwright/test';

/** Writes every message between windows, tabs and workers to the console, which is watched. */
export async function watchMessages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const note = (data: unknown): void => {
      // oxlint-disable-next-line eslint/no-console -- read by the test
      console.debug('posted', JSON.stringify(data));
    };
    // The popup passes the callback, including the code, to its opener over a channel that only they share.
    const noteHandover = (name: unknown, data: unknown): void => {
      const isHandover = String(name).startsWith('sesamy-kit/login/');
      note(isHandover ? JSON.stringify(data).replace(/code=[^&"]*/, '') : data);
    };
    const postOnChannel = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, data: unknown) {
      noteHandover(this.name, data);
      postOnChannel.call(this, data);
    };
    const postOnPort = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (this: MessagePort, ...parts: [unknown]) {
      note(parts[0]);
      postOnPort.apply(this, parts);
    };
    // A wrapped postMessage would run in the receiver's realm, and Firefox would name that as the source.
    addEventListener(
      'message',
      ({ data, origin }: MessageEvent<unknown>) => {
        // Messages of the authorization server are not the page's.
        if (origin !== location.origin) return;
        const isTyped = typeof data === 'object' && data !== null && 'type' in data;
        noteHandover(isTyped ? data.type : '', data);
      },
      true,
    );
  });
}
