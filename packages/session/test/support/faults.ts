import { onTestFinished, vi } from 'vitest';

/** A feature that a browser may lack, deny, or not respond to. */
export type Fault = readonly [
  name: string,
  /** Breaks it until the end of the test. */
  inject: () => void,
];

const ERROR_NAMES = [
  'SecurityError',
  'UnknownError',
  'InvalidStateError',
  'QuotaExceededError',
  'Error',
];

function fail(name: string): never {
  throw name === 'Error' ? new Error('broken') : new DOMException('broken', name);
}

/** Replaces a property until the test is over. */
export function replace(target: object, name: string, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
  onTestFinished(() => {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  });
}

const never = (): Promise<never> => new Promise(() => {});

/** One fault of a property: missing, null, a getter that throws, or another value. */
function faultsOf(target: object, name: string, values: Record<string, unknown> = {}): Fault[] {
  const fault = (what: string, descriptor: PropertyDescriptor): Fault => [
    `${name} ${what}`,
    () => replace(target, name, descriptor),
  ];
  return [
    fault('missing', { value: undefined }),
    fault('null', { value: null }),
    ...ERROR_NAMES.map((error) =>
      fault(`whose getter throws ${error}`, { get: () => fail(error) }),
    ),
    ...Object.entries(values).map(([what, value]) => fault(what, { value })),
  ];
}

/** One value for each name of an error. */
function eachError(
  what: string,
  create: (throwIt: () => never, name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    ERROR_NAMES.map((name) => [`${what} ${name}`, create(() => fail(name), name)]),
  );
}

const webStorage = {
  ...eachError('whose calls throw', (throwIt) => ({
    getItem: throwIt,
    setItem: throwIt,
    removeItem: throwIt,
  })),
  'with no quota left': {
    getItem: () => null,
    removeItem() {},
    setItem: () => fail('QuotaExceededError'),
  },
};

/** A request to a database that fails. */
function failingOpen(name: string): object {
  return {
    open() {
      const request: { onerror?: () => void; error?: unknown } = {
        error: new DOMException('broken', name),
      };
      queueMicrotask(() => request.onerror?.());
      return request;
    },
  };
}

const indexedDb = {
  ...eachError('whose open throws', (throwIt) => ({ open: throwIt })),
  ...eachError('whose open fails with', (_throwIt, name) => failingOpen(name)),
  'that never answers': { open: () => ({}) },
};

const locks = {
  ...eachError('whose request throws', (request) => ({ request })),
  ...eachError('whose request rejects with', (throwIt) => ({ request: async () => throwIt() })),
  'that never answer': { request: never, query: never },
  'that never answer, nor can be queried': { request: never },
};

const channel = eachError(
  'whose constructor throws',
  (throwIt) =>
    function Denied() {
      throwIt();
    },
);

const subtle = { ...eachError('whose calls reject with', denyCryptography) };

function denyCryptography(throwIt: () => never): object {
  return { digest: async () => throwIt() };
}

const silentDatabase: Fault = [
  'indexedDB that stops answering once it is open',
  () => {
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => ({}) as never);
  },
];

const fullDatabase: Fault = [
  'indexedDB with no quota left',
  () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => fail('QuotaExceededError'));
  },
];

const cookies: Fault[] = [
  ...ERROR_NAMES.map((error): Fault => [
    `cookies whose access throws ${error}`,
    () => replace(document, 'cookie', { get: () => fail(error), set: () => fail(error) }),
  ]),
  ['cookies that are not kept', () => replace(document, 'cookie', { get: () => '', set() {} })],
];

/** Everything at once, as in a sandboxed frame or with all site data blocked. */
const nothing: Fault = [
  'every storage, lock and channel denied',
  () => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      replace(globalThis, name, { get: () => fail('SecurityError') });
    }
    replace(globalThis, 'BroadcastChannel', {
      value: channel['whose constructor throws SecurityError'],
    });
    replace(navigator, 'locks', { value: { request: async () => fail('SecurityError') } });
    replace(document, 'cookie', { get: () => '', set() {} });
  },
];

/** Every feature that a browser may lack, deny, or not respond to. */
export const faults: readonly Fault[] = [
  ...faultsOf(globalThis, 'localStorage', webStorage),
  ...faultsOf(globalThis, 'sessionStorage', webStorage),
  ...faultsOf(globalThis, 'indexedDB', indexedDb),
  fullDatabase,
  silentDatabase,
  ...faultsOf(globalThis, 'BroadcastChannel', channel),
  ...faultsOf(navigator, 'locks', locks),
  ...faultsOf(globalThis, 'crypto', { 'without subtle': {} }),
  ...faultsOf(crypto, 'subtle', subtle),
  // No browser has it in any other way.
  ['URL.canParse missing', () => replace(URL, 'canParse', { value: undefined })],
  ...cookies,
  nothing,
];
