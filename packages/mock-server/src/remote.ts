import type { Control } from './control.js';
import {
  CONTROL_PREFIX,
  OPERATION_PATHS,
  type OperationPath,
} from './http-control/operation-paths.js';

/** A part of the control with every method answering later. */
export type Remote<Part> = {
  readonly [Name in keyof Part]: Part[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : Remote<Part[Name]>;
};

/** `server.control` of a server in another process, typed alike. */
export type RemoteControl = Remote<
  Omit<Control, 'requests' | 'snapshotText'> & { requests: Omit<Control['requests'], 'subscribe'> }
>;

/**
 * Controls a server over HTTP. It needs `hasControlPlane`, which the command line turns on.
 * @param url any address of the server, such as its issuer
 */
export function createRemoteControl(url: string | URL): RemoteControl {
  const base = new URL(`${CONTROL_PREFIX}/control/`, url);
  const call =
    (path: OperationPath) =>
    (...args: unknown[]): Promise<unknown> =>
      callOperation(new URL(path, base), args);
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

async function callOperation(url: URL, args: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const answer: { result?: unknown; error?: { message: string } } = await response.json();
  if (response.ok) return answer.result ?? undefined;
  throw new Error(answer.error?.message ?? `The control plane answered ${response.status}.`);
}
