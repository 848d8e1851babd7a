/** Where Sesamy is and who we are to it. Known at run time only: one build serves every stage. */
export interface Config {
  readonly issuer: string;
  readonly apiUrl: string;
  readonly clientId: string;
}

function readMeta(document: Document, name: string): string {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute('content');
  if (content === null || content === undefined || content === '' || content.startsWith('%')) {
    throw new Error(
      `The page has no usable <meta name="${name}">. Set the matching VITE_SESAMY_* variable (see apps/demo/.env) or let the web server fill it in.`,
    );
  }
  return content;
}

/**
 * Reads the configuration from the page's `<meta>` elements.
 *
 * @throws Error when one of them is missing; the message names it.
 */
export function readConfig(document: Document): Config {
  return {
    issuer: readMeta(document, 'sesamy-issuer'),
    apiUrl: readMeta(document, 'sesamy-api-url'),
    clientId: readMeta(document, 'sesamy-client-id'),
  };
}
