import { docsUrlOf } from './errors-page.js';
import { CLAIM_MESSAGE, COOKIES_MESSAGE } from './service-worker/worker-scope.js';

/** Why the mock cannot run in a browser. */
export type MockUnavailableCode =
  /** The page is not on https or localhost. */
  | 'insecure_context'
  /** The browser has no service workers, or none in this mode, such as a private window. */
  | 'unsupported'
  /** The browser or the server has refused the worker's script: see `cause`. */
  | 'registration_failed'
  /** The worker does not control the page in time. */
  | 'no_control';

/** The mock does not run in this browser. */
export class MockUnavailableError extends Error {
  override readonly name = 'MockUnavailableError';
  readonly code: MockUnavailableCode;
  /** Where the page on errors explains the code. */
  readonly docsUrl: string;

  constructor(code: MockUnavailableCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.docsUrl = docsUrlOf(`mock-${code}`);
  }
}

/** Options of `startMock`. */
export interface StartMockOptions {
  /** The script that calls `serveMockInServiceWorker`. */
  readonly workerUrl: string | URL;
  /** The pages that the worker may control. Default: the folder of its script. */
  readonly scope?: string | URL;
  /** How long to wait for control of the page. Default 15000. */
  readonly timeoutMs?: number;
}

/**
 * Registers the mock's service worker and resolves once it controls the page, so that every request from now on
 * reaches the mock: call it before a session is created. The page is not reloaded. Cookies of the mock that pages may
 * read, as the one of the token handler, are set by then.
 * @throws MockUnavailableError `insecure_context`, `unsupported`, `registration_failed` or `no_control`
 */
export async function startMock({
  workerUrl,
  scope,
  timeoutMs = 15_000,
}: StartMockOptions): Promise<void> {
  const workers = serviceWorkers();
  const url = new URL(workerUrl, document.baseURI);
  const registration = await workers
    .register(url, { updateViaCache: 'none', ...(scope !== undefined && { scope: String(scope) }) })
    .catch((cause: unknown) => {
      throw new MockUnavailableError(
        'registration_failed',
        `The service worker ${url.pathname} cannot be registered. Is it served as JavaScript, and are service workers allowed?`,
        { cause },
      );
    });
  if (workers.controller?.scriptURL !== url.href)
    await control(workers, registration, url, timeoutMs);
  if (workers.controller) await takeCookies(workers.controller);
}

/** How long a worker of another version, which does not respond, is waited for. */
const REPLY_MS = 2000;

/** Sets the cookies of the mock that pages may read, such as the token handler's. */
async function takeCookies(worker: ServiceWorker): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const cookies = await new Promise<readonly string[]>((resolve) => {
    const timer = setTimeout(resolve, REPLY_MS, []);
    port1.addEventListener('message', ({ data }: MessageEvent<readonly string[]>) => {
      clearTimeout(timer);
      resolve(data);
    });
    port1.start();
    worker.postMessage(COOKIES_MESSAGE, [port2]);
  });
  port1.close();
  for (const cookie of cookies) document.cookie = cookie;
}

function serviceWorkers(): ServiceWorkerContainer {
  if (!window.isSecureContext) {
    throw new MockUnavailableError(
      'insecure_context',
      'Browsers run service workers on https and on localhost only. Open the page there.',
    );
  }
  if ('serviceWorker' in navigator) return navigator.serviceWorker;
  throw new MockUnavailableError(
    'unsupported',
    'This browser runs no service workers here. Some have none in private windows: open the page in a normal one.',
  );
}

/** Resolves once the worker controls the page. */
async function control(
  workers: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
  { href }: URL,
  timeoutMs: number,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(
        new MockUnavailableError(
          'no_control',
          `The service worker did not take control of the page within ${timeoutMs} ms. Is the page within its scope ${registration.scope}?`,
        ),
      );
    }, timeoutMs);
    const check = (): void => {
      if (workers.controller?.scriptURL !== href) return;
      stop();
      resolve();
    };
    const stop = (): void => {
      clearTimeout(timer);
      workers.removeEventListener('controllerchange', check);
    };
    workers.addEventListener('controllerchange', check);
    // A worker that has been active for long claims pages on request only.
    void workers.ready.then(({ active }) => active?.postMessage(CLAIM_MESSAGE));
    check();
  });
}
