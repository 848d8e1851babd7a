const HEADER = 'x-mock-cut-connection';

/** Stands for a response that never arrives: the transport cuts the connection instead. */
export function cutConnection(): Response {
  return new Response(null, { status: 502, headers: { [HEADER]: '1' } });
}

/** Whether the connection is to be cut instead of sending this response. */
export function isCutConnection(response: Response): boolean {
  return response.headers.has(HEADER);
}
