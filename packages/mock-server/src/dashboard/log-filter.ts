import type { RecordedRequest } from '../control/requests.js';
import type { View } from './view.js';

/** The requests that a view shows, newest first. */
export function selectRequests(
  requests: readonly RecordedRequest[],
  { find, endpoint, isFailedOnly }: Pick<View, 'find' | 'endpoint' | 'isFailedOnly'>,
): RecordedRequest[] {
  const text = find.toLowerCase();
  return requests
    .filter(
      (request) =>
        !isAsset(request) &&
        (endpoint === null || request.endpoint === endpoint) &&
        (!isFailedOnly || request.status >= 400) &&
        (text === '' || searchable(request).includes(text)),
    )
    .toReversed();
}

/** Images that a page loads say nothing about a login. */
function isAsset({ path }: RecordedRequest): boolean {
  return path.startsWith('/avatars/') || path === '/favicon.ico';
}

function searchable({
  method,
  path,
  grant,
  clientId,
  user,
  status,
  fault,
}: RecordedRequest): string {
  return [`${method} ${path}`, grant, clientId, user, status, fault].join('\n').toLowerCase();
}
