/** All session modes, in the order of their requirements on the publisher. */
export const modes = ['refresh-token', 'sso-cookie', 'token-handler'] as const;

/** A session mode. */
export type Mode = (typeof modes)[number];

/** The mode that a page is configured with; `auto` is a choice by the kit. */
export type ConfiguredMode = Mode | 'auto';

/** All modes that a page may be configured with. */
export const configurableModes: readonly ConfiguredMode[] = [...modes, 'auto'];

/** The addresses of Sesamy and the backend, and the client id. Read at run time: one build serves every stage. */
export interface Config {
  readonly mode: ConfiguredMode;
  readonly clientId: string;
  /** May be absent with `token-handler`, where the page sends requests to its own origin only. */
  readonly issuer?: string;
  /** May be absent with `token-handler`. */
  readonly apiUrl?: string;
  /** With `token-handler`: the publisher's id there. Absent: the client id. */
  readonly vendorId?: string;
  /** With `token-handler`: its paths on the page's origin. Absent: the session's defaults. */
  readonly authPath?: string;
  readonly apiPath?: string;
  /** With `sso-cookie`: the mode if the issuer is on another site than the page. Absent: none. */
  readonly fallbackMode?: 'refresh-token';
  /** The URL of the backend, without a trailing slash. Null: there is none. */
  readonly backendUrl: string | null;
  /** The URL of the mock of Sesamy, for the devtools. Null: the issuer, if that is one. */
  readonly mockUrl: string | null;
  /** The URL of the same site in each mode. Null: not configured. */
  readonly siteUrls: Readonly<Record<ConfiguredMode, string | null>>;
}

/**
 * Reads the configuration from the page's `<meta>` elements.
 *
 * @throws Error when one of Sesamy's is missing or invalid; the message names it.
 */
export function readConfig(document: Document): Config {
  const mode = readMode(document);
  // With a token handler the page needs no issuer.
  const readPlace = mode === 'token-handler' ? findMeta : readMeta;
  const issuer = readPlace(document, 'sesamy-issuer');
  const apiUrl = readPlace(document, 'sesamy-api-url');
  const vendorId = findMeta(document, 'sesamy-vendor-id');
  const fallbackMode = readFallbackMode(document);
  return {
    mode,
    clientId: readMeta(document, 'sesamy-client-id'),
    ...(issuer !== null && { issuer }),
    ...(apiUrl !== null && { apiUrl }),
    ...(vendorId !== null && { vendorId }),
    ...(fallbackMode !== null && { fallbackMode }),
    backendUrl: findMeta(document, 'sesamy-backend'),
    mockUrl: findMeta(document, 'demo-mock-url'),
    siteUrls: {
      'refresh-token': findMeta(document, 'demo-refresh-token-url'),
      'sso-cookie': findMeta(document, 'demo-sso-cookie-url'),
      'token-handler': findMeta(document, 'demo-token-handler-url'),
      auto: findMeta(document, 'demo-auto-url'),
    },
  };
}

function readMode(document: Document): ConfiguredMode {
  const name = findMeta(document, 'sesamy-mode') ?? 'refresh-token';
  const mode = configurableModes.find((known) => known === name);
  if (mode === undefined) throw unusable('sesamy-mode');
  return mode;
}

function readFallbackMode(document: Document): 'refresh-token' | null {
  const name = findMeta(document, 'sesamy-fallback-mode');
  if (name === null || name === 'refresh-token') return name;
  throw unusable('sesamy-fallback-mode');
}

function readMeta(document: Document, name: string): string {
  const content = findMeta(document, name);
  if (content === null) throw unusable(name);
  return content;
}

function findMeta(document: Document, name: string): string | null {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  return content === '' || content.startsWith('%') ? null : content;
}

function unusable(name: string): Error {
  return new Error(
    `The page has no usable <meta name="${name}">. Set the matching VITE_SESAMY_* variable (see apps/demo/.env) or let the web server fill it in.`,
  );
}
