import type { Control } from './control.js';
import {
  CONTROL_PREFIX,
  OPERATION_PATHS,
  type OperationPath,
} from './http-control/operation-paths.js';

/** A part of the control whose methods return promises. */
export type Remote<Part> = {
  readonly [Name in keyof Part]: Part[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : Remote<Part[Name]>;
};

/** `server.control` of a server in another process, typed alike. */
export type RemoteControl = Remote<
  Omit<Control, 'requests' | 'snapshotText' | 'subscribe'> & {
    requests: Omit<Control['requests'], 'subscribe'>;
  }
>;

/** Options of `createRemoteControl`. */
export interface RemoteControlOptions {
  /** The control token that the command prints; needed from another machine, such as another container. */
  readonly token?: string;
}

/**
 * Controls a server over HTTP. It needs `hasControlPlane`, which the command line turns on.
 * @param url any address of the server, such as its issuer
 * @returns a control whose methods reject with an `Error` with the server's reason, or that no server responds
 */
export function createRemoteControl(
  url: string | URL,
  options: RemoteControlOptions = {},
): RemoteControl {
  const base = new URL(`${CONTROL_PREFIX}/control/`, url);
  const call =
    (path: OperationPath) =>
    (...args: unknown[]): Promise<unknown> =>
      callOperation(new URL(path, base), args, options);
  const tree: Record<string, unknown> = {};
  for (const path of OPERATION_PATHS) {
    const [group = '', name] = path.split('/');
    if (name === undefined) tree[group] = call(path);
    else tree[group] = { ...Object(tree[group]), [name]: call(path) };
  }
  // The tree is made of the very paths that the operations of the server are typed by.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by test for every path
  return tree as unknown as RemoteControl;
}

async function callOperation(
  url: URL,
  args: readonly unknown[],
  { token }: RemoteControlOptions,
): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  }).catch((error: unknown) => {
    throw new Error(
      `No mock of Sesamy responds at ${url.origin}${causeOf(error)}. ${IS_IT_RUNNING}`,
      {
        cause: error,
      },
    );
  });
  const text = await response.text();
  const body = parseBody(text);
  if (response.ok && body) return body.result ?? undefined;
  throw new Error(
    messageOf(body?.error) ??
      `${url.origin} responded ${response.status}, but not as the control plane of a mock of Sesamy. Is it the mock, with its control plane?`,
  );
}

const IS_IT_RUNNING = 'Is it running? `npx @sesamy-kit/mock-server` starts it.';

/** The body of a response; null when it is not one of the control plane. */
function parseBody(text: string): { result?: unknown; error?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    const isOurs =
      typeof value === 'object' && value !== null && ('result' in value || 'error' in value);
    return isOurs ? value : null;
  } catch {
    return null;
  }
}

function messageOf(error: unknown): string | null {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage && typeof error.message === 'string' ? error.message : null;
}

/** Node's `fetch` hides the reason, such as ECONNREFUSED, in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
}
