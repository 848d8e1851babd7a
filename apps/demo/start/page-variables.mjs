import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Fills in the variables of a page by its requested host, so that one server shows the same app in
 * several modes.
 *
 * @param {(host: string | undefined) => Readonly<Record<string, string>>} variablesOf called for each page; replaces
 *   apps/demo/.env
 * @returns {import('vite').Plugin}
 */
export function pageVariables(variablesOf) {
  // Vite does not pass the request to the transformation of a page.
  /** @type {AsyncLocalStorage<string | undefined>} */
  const hosts = new AsyncLocalStorage();
  return {
    name: 'page-variables',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, _response, next) => {
        hosts.run(request.headers.host, next);
      });
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => {
        const variables = variablesOf(hosts.getStore());
        return html.replaceAll(/%(\w+)%/g, (whole, name) => variables[name] ?? whole);
      },
    },
  };
}
