import type { BrowserContext } from '@playwright/test';

/** Writes every message between windows, tabs and workers to the console, which is watched. */
export async function watchMessages(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const note = (data: unknown): void => {
      // oxlint-disable-next-line eslint/no-console -- the way out of the page
      console.debug('posted', JSON.stringify(data));
    };
    // The window of a login hands its page the answer where only the two of them hear it, code and all.
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
        // What the authorization server posts is not the page's doing.
        if (origin !== location.origin) return;
        const isTyped = typeof data === 'object' && data !== null && 'type' in data;
        noteHandover(isTyped ? data.type : '', data);
      },
      true,
    );
  });
}
