import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** How much the kit may add to an app: bytes after gzip, without React and TanStack Query. */
export const limits = {
  /** An app that uses the provider, `useSession` and the buttons, with all that these import but React. */
  withoutProfile: 6_590,
  /** The same app after a login by redirect and a renewal. */
  allWithoutProfile: { 'refresh-token': 30_740, 'sso-cookie': 34_270, 'token-handler': 21_500 },
  /** An app that uses `useProfile` as well, without the TanStack Query that it has already. */
  withProfile: 7_250,
  /** Everything that the packages export, but what only some apps use. */
  initial: 9_290,
  all: { 'refresh-token': 33_370, 'sso-cookie': 36_900, 'token-handler': 24_100 },
};

export const modes = /** @type {const} */ (['refresh-token', 'sso-cookie', 'token-handler']);

/** @typedef {typeof modes[number]} Mode */

/**
 * What a mode loads in addition until the user has logged in by redirect and the session was renewed.
 *
 * @type {Readonly<Record<Mode, readonly string[]>>}
 */
const modeChunks = {
  'refresh-token': ['refresh-token-mode', 'renewal', 'login'],
  'sso-cookie': ['sso-cookie-mode', 'silent', 'login'],
  'token-handler': ['token-handler-mode'],
};

const react = ['react', 'react-dom', 'react/jsx-runtime'];
const entry = 'virtual:app';

const sessionNames = [
  'ApiError',
  'AuthError',
  'createIdleLogout',
  'createSesamySession',
  'isApiError',
  'isAuthError',
  'isLoginDue',
  'limitOffline',
  'onUserChange',
  'requireSession',
];

/** All runtime exports of each package; a test compares them with the packages. */
export const exportedNames = {
  '@sesamy-kit/session': sessionNames,
  '@sesamy-kit/react': [
    ...sessionNames,
    'LoginButton',
    'LogoutButton',
    'RequireSession',
    'ReloginBoundary',
    'ReloginDialog',
    'SesamyProvider',
    'SignedIn',
    'SignedOut',
    'profileQueryOptions',
    'sessionQueryKey',
    'useIdleLogout',
    'useProfile',
    'useRelogin',
    'useSession',
    'useSessionQueryKey',
    'useStepUp',
    'useSuspenseProfile',
    'useUpdateProfile',
  ],
};

/** Exports that only some apps use. Those that do not use them must not load them, so they are weighed by themselves. */
export const optedInto = {
  'idle logout': ['createIdleLogout', 'useIdleLogout'],
  'offline limit': ['limitOffline'],
  relogin: ['ReloginBoundary', 'ReloginDialog', 'useRelogin'],
};

/** How much each of them may add to the first load of an app that uses it: bytes after gzip. */
export const optedIntoLimits = { 'idle logout': 1_270, 'offline limit': 1_190, relogin: 820 };

const plainNames = ['SesamyProvider', 'useSession', 'LoginButton', 'LogoutButton'];

const rarelyUsed = new Set(Object.values(optedInto).flat());

/** Loaded only by apps that use them, e.g. a login by popup or calls that wait for a login. */
const optional = new Set([
  'popup-chunk',
  'signature',
  'auto-mode',
  'waiting-fetch',
  'take-over-session',
]);

/**
 * @typedef {object} Chunk
 * @property {string} name
 * @property {boolean} isInitial
 * @property {boolean} isOptional
 * @property {boolean} hasProtocolLibrary
 * @property {readonly string[]} moduleIds
 * @property {readonly Mode[]} modes that load it
 * @property {number} gzipBytes
 */

/**
 * Bundles, as for production, an app that uses everything a package exports, and weighs the result.
 *
 * @param {keyof typeof exportedNames} packageName
 * @returns {Promise<{ initial: number, all: Record<Mode, number>, chunks: readonly Chunk[] }>} in bytes after gzip -9
 */
export async function measureSizes(packageName) {
  const used = exportedNames[packageName].filter((name) => !rarelyUsed.has(name));
  const files = await bundle(packageName, used, [...react, '@tanstack/react-query']);
  const initialFiles = loadedWith(files, ({ isEntry }) => isEntry);
  const filesOf = new Map(
    modes.map((mode) => [
      mode,
      loadedWith(files, ({ isEntry, name }) => isEntry || modeChunks[mode].includes(name)),
    ]),
  );
  const chunks = files.map((file) => ({
    name: file.name,
    isInitial: initialFiles.has(file.fileName),
    isOptional: optional.has(file.name),
    hasProtocolLibrary: file.moduleIds.some((id) => id.includes('oidc-client-ts')),
    moduleIds: file.moduleIds,
    modes: modes.filter((mode) => filesOf.get(mode)?.has(file.fileName)),
    gzipBytes: gzipSync(file.code, { level: 9 }).length,
  }));
  /** @param {Mode} mode */
  const allOf = (mode) => totalOf(chunks.filter((chunk) => chunk.modes.includes(mode)));
  return {
    initial: totalOf(chunks.filter(({ isInitial }) => isInitial)),
    all: {
      'refresh-token': allOf('refresh-token'),
      'sso-cookie': allOf('sso-cookie'),
      'token-handler': allOf('token-handler'),
    },
    chunks,
  };
}

/**
 * Bundles an app that uses the provider, `useSession` and the buttons, and does not use TanStack Query.
 *
 * @returns {Promise<{ initial: number, all: Record<Mode, number>, moduleIds: readonly string[] }>} in bytes after gzip -9
 */
export async function measureWithoutProfile() {
  return measureFirstLoad(plainNames);
}

/** Bundles an app that has TanStack Query already, and uses `useProfile` in addition to the plain app. */
export async function measureWithProfile() {
  return measureFirstLoad([...plainNames, 'useProfile'], [...react, '@tanstack/react-query']);
}

/**
 * Bundles an app that uses a feature besides what every app uses.
 *
 * @param {keyof typeof optedInto} feature
 * @returns {Promise<{ added: number, moduleIds: readonly string[] }>} bytes after gzip -9 that it adds to the first load
 */
export async function measureOptedInto(feature) {
  const common = exportedNames['@sesamy-kit/react'].filter((name) => !rarelyUsed.has(name));
  const external = [...react, '@tanstack/react-query'];
  const plain = await measureFirstLoad(common, external);
  const { initial, moduleIds } = await measureFirstLoad(
    [...common, ...optedInto[feature]],
    external,
  );
  const known = new Set(plain.moduleIds);
  return {
    added: initial - plain.initial,
    moduleIds: moduleIds.filter((id) => !known.has(id)),
  };
}

/**
 * @param {readonly string[]} names
 * @param {string[]} external
 */
async function measureFirstLoad(names, external = react) {
  const files = await bundle('@sesamy-kit/react', names, external);
  /** @param {readonly string[]} chunkNames loaded besides the first load */
  const weigh = (chunkNames = []) => {
    const loaded = loadedWith(files, ({ isEntry, name }) => isEntry || chunkNames.includes(name));
    return files
      .filter(({ fileName }) => loaded.has(fileName))
      .reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
  };
  return {
    initial: weigh(),
    all: {
      'refresh-token': weigh(modeChunks['refresh-token']),
      'sso-cookie': weigh(modeChunks['sso-cookie']),
      'token-handler': weigh(modeChunks['token-handler']),
    },
    moduleIds: files.flatMap((file) => file.moduleIds),
  };
}

/**
 * @param {number} bytes
 * @returns {string} in kB of 1,000 bytes
 */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`;
}

/**
 * @param {keyof typeof exportedNames} packageName
 * @param {readonly string[]} used
 * @param {string[]} external
 */
async function bundle(packageName, used, external) {
  const names = used.join(', ');
  const build = await rolldown({
    input: entry,
    external,
    cwd: import.meta.dirname,
    platform: 'browser',
    resolve: { conditionNames: ['@sesamy-kit/source', 'production'] },
    transform: { jsx: 'react-jsx', define: { 'process.env.NODE_ENV': '"production"' } },
    onLog: (level, log, handle) => {
      // 'use client' is for servers; an app's bundle does not need it.
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
    },
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) =>
          id === entry
            ? `import { ${names} } from '${packageName}'; globalThis.app = [${names}];`
            : null,
      },
    ],
  });
  const { output } = await build.generate({ minify: true });
  return output.filter((file) => file.type === 'chunk');
}

/**
 * The names of the wanted files and of all that they import.
 *
 * @param {Awaited<ReturnType<typeof bundle>>} files
 * @param {(file: Awaited<ReturnType<typeof bundle>>[number]) => boolean} isWanted
 */
function loadedWith(files, isWanted) {
  const reached = new Set(files.filter(isWanted).map(({ fileName }) => fileName));
  // Grows while it is walked: a set also visits what is added meanwhile.
  for (const fileName of reached) {
    const imports = files.find((file) => file.fileName === fileName)?.imports ?? [];
    for (const imported of imports) reached.add(imported);
  }
  return reached;
}

/** @param {readonly Chunk[]} chunks */
function totalOf(chunks) {
  return chunks.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}
