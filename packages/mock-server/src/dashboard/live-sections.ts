import { streamSSE } from 'hono/streaming';
import type { AppContext } from '../context.js';
import type { Control } from '../control.js';
import type { Dashboard } from './dashboard.js';
import { sectionBody } from './dashboard-page.js';
import { SECTION_IDS } from './section-ids.js';

/** A test may change the state without a request, and the clock runs. */
const UPDATE_MS = 1000;
/** Requests that come together are shown together. */
const SETTLE_MS = 100;

/** Sends the sections that have changed as server-sent events, until the client disconnects. */
export function streamSections(c: AppContext, dashboard: Dashboard): Response {
  return streamSSE(c, async (stream) => {
    const closed = new AbortController();
    stream.onAbort(() => closed.abort());
    const sent = new Map<string, string>();
    while (!closed.signal.aborted) {
      for (const id of SECTION_IDS) {
        const html = String(await sectionBody(id, dashboard));
        if (sent.get(id) === html) continue;
        sent.set(id, html);
        await stream.writeSSE({ event: 'section', data: JSON.stringify({ id, html }) });
      }
      await nextUpdate(dashboard.control, closed.signal);
    }
  });
}

/** Resolves after a while, or soon after a request. */
function nextUpdate(control: Control, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const update = (): void => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', update);
      resolve();
    };
    let timer = setTimeout(update, UPDATE_MS);
    let isSoon = false;
    const stop = control.requests.subscribe(() => {
      if (isSoon) return;
      isSoon = true;
      clearTimeout(timer);
      timer = setTimeout(update, SETTLE_MS);
    });
    if (signal.aborted) update();
    else signal.addEventListener('abort', update);
  });
}
