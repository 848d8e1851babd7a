import {
  serveMockInServiceWorker,
  type ServiceWorkerMockOptions,
  type WorkerEvent,
  type WorkerFetchEvent,
  type WorkerInstallEvent,
  type WorkerMessageEvent,
  type WorkerScope,
} from '../../src/service-worker.js';

/** A service worker that runs in this process. */
export interface Worker {
  readonly issuer: string;
  /** What the worker responds; null when it leaves the request to the network. */
  send(url: string | URL, init?: RequestInit): Promise<Response> | null;
  /** A navigation from a page, whose referrer is empty if it hides its address. */
  navigate(url: string | URL, referrer: string, init?: RequestInit): Promise<Response> | null;
  /** Posts a message, and resolves with the reply. */
  post(data: unknown): Promise<unknown>;
}

type ListenerArguments =
  | [type: 'install', listener: (event: WorkerInstallEvent) => void]
  | [type: 'activate', listener: (event: WorkerEvent) => void]
  | [type: 'message', listener: (event: WorkerMessageEvent) => void]
  | [type: 'fetch', listener: (event: WorkerFetchEvent) => void];

/** Starts a worker. One that is started at the same scope later is the same worker after a stop. */
export function startWorker(scopeUrl: string, options: ServiceWorkerMockOptions = {}): Worker {
  let listen: (event: WorkerFetchEvent) => void = () => {};
  let receive: (event: WorkerMessageEvent) => void = () => {};
  const scope: WorkerScope = {
    registration: { scope: scopeUrl },
    clients: { claim: () => Promise.resolve() },
    skipWaiting: () => Promise.resolve(),
    addEventListener: (...args: ListenerArguments) => {
      if (args[0] === 'fetch') listen = args[1];
      if (args[0] === 'message') receive = args[1];
    },
  };
  const { issuer } = serveMockInServiceWorker(scope, options);

  const dispatch = (request: Request): Promise<Response> | null => {
    let response: Promise<Response> | null = null;
    const event: WorkerFetchEvent = {
      request,
      waitUntil: () => {},
      respondWith: (given) => {
        response = Promise.resolve(given);
      },
    };
    listen(event);
    return response;
  };
  return {
    issuer,
    post: (data) =>
      new Promise((resolve) => {
        receive({ data, ports: [{ postMessage: resolve }], waitUntil: () => {} });
      }),
    send: (url, init) => dispatch(new Request(url, init)),
    navigate: (url, referrer, init) =>
      // Only a browser makes such requests.
      dispatch(
        Object.defineProperties(new Request(url, init), {
          mode: { value: 'navigate' },
          referrer: { value: referrer },
        }),
      ),
  };
}
