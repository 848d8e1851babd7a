/** The files of a build, as far as the plugin reads them. */
export type Bundle = Readonly<Record<string, BundledFile>>;

interface BundledFile {
  readonly type: 'chunk' | 'asset';
  readonly moduleIds?: readonly string[] | undefined;
  readonly imports?: readonly string[] | undefined;
  readonly dynamicImports?: readonly string[] | undefined;
}

/**
 * Returns the chunks of a page and those that the callback of a login loads on demand, in the order of their requests: a
 * browser sends six at once to a server without HTTP/2. Returns none if the callback needs no other chunks.
 */
export function callbackChunks(bundle: Bundle, entry: string, mode: string): string[] {
  const initial = closure([entry], (name) => bundle[name]?.imports);
  const reachable = closure([entry], (name) => [
    ...(bundle[name]?.imports ?? []),
    ...(bundle[name]?.dynamicImports ?? []),
  ]);
  const isRoot = new RegExp(
    `[\\\\/]session[\\\\/](?:dist|src)[\\\\/](?:drivers[\\\\/]${mode}-mode|oidc[\\\\/]login)\\.[jt]s$`,
  );
  const roots = [...reachable].filter((name) =>
    bundle[name]?.moduleIds?.some((id) => isRoot.test(id)),
  );
  const needed = closure([...initial, ...roots], (name) => bundle[name]?.imports);
  return needed.size > initial.size ? [...needed] : [];
}

/** Returns the given names and all that follow from them. */
function closure(
  names: readonly string[],
  next: (name: string) => readonly string[] | undefined,
): ReadonlySet<string> {
  const found = new Set(names);
  // A set iterates over what is added meanwhile.
  for (const name of found) for (const following of next(name) ?? []) found.add(following);
  return found;
}
