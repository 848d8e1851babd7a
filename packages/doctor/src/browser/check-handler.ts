import { readHandler } from '../checks/token-handler.js';
import { finding, type Finding } from '../finding.js';
import type { Environment } from '../http.js';
import type { Setup } from '../setup.js';
import { hasServiceWorker } from './service-worker.js';

/** Checks that requests and navigations below the handler's path reach the token handler. */
export async function checkHandler(
  setup: Setup,
  environment: Environment,
): Promise<readonly Finding[]> {
  const url = `${setup.origin}${setup.authPath}/userinfo`;
  const handler = await readHandler(setup, environment);
  if (handler.level === 'error' || !hasServiceWorker()) return [handler];
  return [handler, ...judgeNavigation(url, await navigate(url, environment.timeoutMs))];
}

function judgeNavigation(url: string, contentType: string | null): readonly Finding[] {
  // The policies of page or response may forbid the frame.
  if (contentType === null) return [];
  const level = contentType === 'text/html' ? 'error' : 'ok';
  return [finding('service-worker', level, `A navigation to ${url} shows ${contentType}.`)];
}

/**
 * Navigates a hidden frame, as service workers respond to navigations and requests of scripts differently. Resolves to
 * the content type of what it shows, or `null` if it shows nothing.
 */
async function navigate(url: string, timeoutMs: number): Promise<string | null> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = url;
  const loaded = new Promise<void>((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true });
    setTimeout(resolve, timeoutMs);
  });
  document.body.append(frame);
  try {
    await loaded;
    const shown = frame.contentDocument;
    return shown === null || shown.URL !== url ? null : shown.contentType;
  } finally {
    frame.remove();
  }
}
