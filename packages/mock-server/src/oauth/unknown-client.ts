import type { ServerContext } from '../context.js';

/** An error message with the requested client and the registered ones. */
export function unknownClient({ state }: ServerContext, clientId: string): string {
  const known = [...state.clients.keys()].slice(0, 20).map((id) => describable(id));
  return (
    `Client not found: ${describable(clientId)}. This server has ${known.join(', ') || 'none'}. ` +
    'Use one of these, or add the client to the configuration.'
  );
}

/** The characters that an `error_description` may have (RFC 6749 section 5.2), of a length that can be read. */
function describable(text: string): string {
  return text.slice(0, 100).replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '?');
}
