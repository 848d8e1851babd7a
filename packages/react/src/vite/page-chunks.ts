/** The files of a build, as far as the plugin reads them. */
export type Bundle = Readonly<Record<string, BundledFile>>;

interface BundledFile {
  readonly type: 'chunk' | 'asset';
  readonly moduleIds?: readonly string[] | undefined;
  readonly imports?: readonly string[] | undefined;
  readonly dynamicImports?: readonly string[] | undefined;
}

/** The modes whose code is known when the app is built. */
export type PreloadedMode = 'refresh-token' | 'sso-cookie' | 'token-handler';

/** The chunks of a page. */
export interface PageChunks {
  /** Those that the page loads itself. */
  readonly own: readonly string[];
  /** Those that a login or its callback loads on demand in addition. */
  readonly onDemand: readonly string[];
}

/** Returns the chunks of the page with the given entry. */
export function pageChunks(bundle: Bundle, entry: string, mode: PreloadedMode): PageChunks {
  const initial = closure([entry], (name) => bundle[name]?.imports);
  const reachable = closure([entry], (name) => [
    ...(bundle[name]?.imports ?? []),
    ...(bundle[name]?.dynamicImports ?? []),
  ]);
  const isRoot = new RegExp(
    `[\\\\/]session[\\\\/](?:dist|src)[\\\\/](?:${rootsOf(mode)})\\.[jt]s$`,
  );
  const roots = [...reachable].filter((name) =>
    bundle[name]?.moduleIds?.some((id) => isRoot.test(id)),
  );
  const needed = closure([...initial, ...roots], (name) => bundle[name]?.imports);
  return { own: [...initial], onDemand: [...needed].filter((name) => !initial.has(name)) };
}

/** Returns the modules that a login in the mode loads, as a pattern. */
function rootsOf(mode: PreloadedMode): string {
  const driver = `drivers[\\\\/]${mode}-mode`;
  // A token handler logs in by itself.
  return mode === 'token-handler' ? driver : `${driver}|oidc[\\\\/]login`;
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
