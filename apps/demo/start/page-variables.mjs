import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Fills in the variables of a page by the host that it was asked for, so that one server shows the same app in
 * several ways.
 *
 * @param {(host: string | undefined) => Readonly<Record<string, string>>} variablesOf asked for each page; takes the
 *   place of apps/demo/.env
 * @returns {import('vite').Plugin}
 */
export function pageVariables(variablesOf) {
  // Vite does not tell the transformation of a page which request it is for.
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
