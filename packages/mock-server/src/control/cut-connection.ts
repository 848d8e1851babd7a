const HEADER = 'x-mock-cut-connection';

/** Stands for an answer that never arrives: whoever carries answers cuts the connection instead. */
export function cutConnection(): Response {
  return new Response(null, { status: 502, headers: { [HEADER]: '1' } });
}

/** Whether the connection is to be cut instead of sending this answer. */
export function isCutConnection(response: Response): boolean {
  return response.headers.has(HEADER);
}
