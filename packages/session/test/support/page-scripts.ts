import { runInNewContext } from 'node:vm';

/** A message that a page posts to the window that embeds or opened it. */
export interface PostedMessage {
  readonly data: unknown;
  readonly targetOrigin: string;
}

/** Runs a page's inline scripts; returns what they post to their parent or opener. */
export function messagesOf(html: string): readonly PostedMessage[] {
  const posted: PostedMessage[] = [];
  const receiver = {
    postMessage: (data: unknown, targetOrigin: string) =>
      // As plain data, the way structured clone hands it over.
      void posted.push({ data: JSON.parse(JSON.stringify(data)), targetOrigin }),
  };
  const window = { opener: null, parent: receiver };
  for (const [, script = ''] of html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)) {
    runInNewContext(script, { window, ...window });
  }
  return posted;
}
