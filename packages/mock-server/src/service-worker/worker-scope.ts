/** The parts of `ServiceWorkerGlobalScope` that the mock uses: its `self`. */
export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: (event: WorkerInstallEvent) => void): void;
  addEventListener(type: 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'message', listener: (event: WorkerMessageEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: WorkerFetchEvent) => void): void;
}

/** The parts of `ExtendableEvent` that the mock uses. */
export interface WorkerEvent {
  waitUntil(promise: Promise<unknown>): void;
}

/** The parts of `InstallEvent` that the mock uses. */
export interface WorkerInstallEvent extends WorkerEvent {
  /** Absent in browsers that never send a request to the network beside the worker. */
  addRoutes?(rules: readonly WorkerRoute[]): Promise<void>;
}

/** A rule of the static routing of service workers. */
export interface WorkerRoute {
  readonly condition:
    | { readonly urlPattern: { readonly pathname: string } }
    | { readonly requestMode: 'navigate' };
  readonly source: 'fetch-event';
}

/** The parts of `ExtendableMessageEvent` that the mock uses. */
export interface WorkerMessageEvent extends WorkerEvent {
  readonly data: unknown;
  /** Where the sender awaits a reply. */
  readonly ports: readonly { postMessage(message: unknown): void }[];
}

/** The parts of `FetchEvent` that the mock uses. */
export interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Response | Promise<Response>): void;
}

/** Sent by a page that no worker controls yet, e.g. after a reload that bypasses the cache. */
export const CLAIM_MESSAGE = 'sesamy-mock:claim';

/** Sent by a page with a port, for the cookies that it may read: a worker cannot set them with a response. */
export const COOKIES_MESSAGE = 'sesamy-mock:cookies';
