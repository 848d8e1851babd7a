/** The parts of `ServiceWorkerGlobalScope` that the mock uses: its `self`. */
export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'message', listener: (event: WorkerMessageEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: WorkerFetchEvent) => void): void;
}

/** The parts of `ExtendableEvent` that the mock uses. */
export interface WorkerEvent {
  waitUntil(promise: Promise<unknown>): void;
}

/** The parts of `ExtendableMessageEvent` that the mock uses. */
export interface WorkerMessageEvent extends WorkerEvent {
  readonly data: unknown;
}

/** The parts of `FetchEvent` that the mock uses. */
export interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Response | Promise<Response>): void;
}

/** Sent by a page that no worker controls yet, e.g. after a reload that bypasses the cache. */
export const CLAIM_MESSAGE = 'sesamy-mock:claim';
