/** Where Sesamy and our own backend are, and who we are to them. Known at run time only: one build serves every stage. */
export interface Config {
  readonly issuer: string;
  readonly apiUrl: string;
  readonly clientId: string;
  /** Our own backend, without a slash at the end. Null: there is none. */
  readonly backendUrl: string | null;
}

function findMeta(document: Document, name: string): string | null {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  return content === '' || content.startsWith('%') ? null : content;
}

function readMeta(document: Document, name: string): string {
  const content = findMeta(document, name);
  if (content === null) {
    throw new Error(
      `The page has no usable <meta name="${name}">. Set the matching VITE_SESAMY_* variable (see apps/demo/.env) or let the web server fill it in.`,
    );
  }
  return content;
}

/**
 * Reads the configuration from the page's `<meta>` elements.
 *
 * @throws Error when one of Sesamy's is missing; the message names it.
 */
export function readConfig(document: Document): Config {
  return {
    issuer: readMeta(document, 'sesamy-issuer'),
    apiUrl: readMeta(document, 'sesamy-api-url'),
    clientId: readMeta(document, 'sesamy-client-id'),
    backendUrl: findMeta(document, 'sesamy-backend'),
  };
}
