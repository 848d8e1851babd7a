import { isApiError } from '@sesamy-kit/react';

import { isFieldName } from './profile-fields.js';
import type { FieldErrors } from './profile-fields.js';

/** The form field that a server's error names, if any: `{ field, reason }`. */
export function serverFieldErrors(error: Error | null): FieldErrors {
  if (!isApiError(error) || !isRecord(error.details)) return {};
  const { field, reason } = error.details;
  if (typeof field !== 'string' || typeof reason !== 'string' || !isFieldName(field)) return {};
  return { [field]: `The desk says that this ${reason}.` };
}

function isRecord(
  value: unknown,
): value is { readonly field?: unknown; readonly reason?: unknown } {
  return typeof value === 'object' && value !== null;
}
