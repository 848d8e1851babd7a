import type { AppContext, ServerContext } from './context.js';
import { RefusalError, refusalResponse } from './errors.js';
import { errorPage } from './login/page.js';

/** An error as a page for a browser, else in its wire format. */
export function errorResponse(
  server: ServerContext,
  c: AppContext,
  error: Error,
): Response | Promise<Response> {
  if (!(error instanceof RefusalError)) return Response.json(failure(error), { status: 500 });
  const isForPerson = server.options.fidelity === 'documented' && wantsPage(c);
  if (!isForPerson) return refusalResponse(error, server.options.fidelity);
  const status = PAGE_STATUSES.find((each) => each === error.status) ?? 400;
  return errorPage(c, status, error.error, error.message);
}

/** The response for a path that does not exist. */
export function notFoundResponse(c: AppContext): Response {
  return c.json(
    {
      error: 'not_found',
      error_description: `There is no ${c.req.method} ${new URL(c.req.url).pathname.slice(0, 200)} here.`,
    },
    404,
  );
}

/** The response for a body that is too large. */
export function tooLargeResponse(): Response {
  const error_description = 'The body is larger than 1 MiB.';
  return Response.json({ error: 'invalid_request', error_description }, { status: 413 });
}

/** The statuses of a page other than 400. */
const PAGE_STATUSES = [403, 404, 409, 503] as const;

function failure(error: Error): object {
  const isFileMissing = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return {
    error: 'server_error',
    error_description: isFileMissing
      ? 'A file of the mock is missing, perhaps since an installation has replaced its package. Restart the mock.'
      : 'The mock server failed. This is a bug in the mock, not in your application.',
  };
}

function wantsPage(c: AppContext): boolean {
  return (
    c.get('facts').endpoint !== 'token' && (c.req.header('accept') ?? '').includes('text/html')
  );
}
