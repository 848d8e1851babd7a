/** The response of `GET /api/me` of apps/backend: claims of the user's access token. */
export interface Me {
  readonly subject: string;
  readonly permissions: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** One entry of the response of `GET /api/publishers`. */
export interface Publisher {
  readonly id: string;
  readonly name: string;
}

/** The response of `POST /api/signatures`. */
export interface Signature {
  /** ISO 8601. */
  readonly signedAt: string;
}

/** Whether a value is a response of `/api/signatures`. */
export function isSignature(value: unknown): value is Signature {
  return isRecord(value) && typeof value['signedAt'] === 'string';
}

/** Whether a value is a response of `/api/me`. */
export function isMe(value: unknown): value is Me {
  return (
    isRecord(value) &&
    typeof value['subject'] === 'string' &&
    typeof value['expiresAt'] === 'number' &&
    Array.isArray(value['permissions']) &&
    value['permissions'].every((permission) => typeof permission === 'string')
  );
}

/** Whether a value is a response of `/api/publishers`. */
export function isPublishers(value: unknown): value is readonly Publisher[] {
  return Array.isArray(value) && value.every(isPublisher);
}

function isPublisher(value: unknown): boolean {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['name'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
