import type { ValidationDetail } from './errors.js';

/** The content of an error response, in any format. */
export interface ErrorBody {
  code?: string | undefined;
  text?: string | undefined;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
  details?: ValidationDetail[] | undefined;
}

/**
 * Reads the error formats of Sesamy's servers: OAuth (`{error, error_description}`), the API
 * (`{error: {code, message, details, request_id, retry_after}}`), the engine (`{message}`, or Zod's
 * `{success: false, error: {issues}}`) and plain text.
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === 'string') return { text: body };
  if (!isObject(body)) return {};
  const error = body['error'];
  if (isObject(error)) return readApiError(error);
  return {
    code: text(error),
    text: text(body['error_description']) ?? text(body['message']),
    retryAfterSeconds: seconds(body['retry_after']),
  };
}

function readApiError(error: Record<string, unknown>): ErrorBody {
  const details = [error['details'] ?? error['issues']].flat().flatMap(readDetail);
  return {
    code: text(error['code']),
    text: text(error['message']),
    requestId: text(error['request_id']),
    retryAfterSeconds: seconds(error['retry_after']),
    details: details.length > 0 ? details : undefined,
  };
}

function readDetail(detail: unknown): ValidationDetail[] {
  if (!isObject(detail)) return [];
  const path = detail['path'];
  const field = text(detail['field']) ?? (Array.isArray(path) ? path.join('.') : undefined);
  if (field === undefined) return [];
  const reason = text(detail['reason']) ?? text(detail['message']);
  return [reason === undefined ? { field } : { field, reason }];
}

/** Whether `value` is an object with properties by name. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
