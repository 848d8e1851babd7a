/** The files of a build, as far as the plugin reads them. */
export type Bundle = Readonly<Record<string, BundledFile>>;

interface BundledFile {
  readonly type: 'chunk' | 'asset';
  readonly moduleIds?: readonly string[] | undefined;
  readonly imports?: readonly string[] | undefined;
  readonly dynamicImports?: readonly string[] | undefined;
}

/** Returns the chunks that the callback of a login loads on demand, in addition to the page's own. */
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
  const needed = closure(roots, (name) => bundle[name]?.imports);
  return [...needed].filter((name) => !initial.has(name)).toSorted();
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
