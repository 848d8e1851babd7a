import { docsUrlOf } from './errors-page.js';

/**
 * Why no app was created: `unknown_example`, there is no such example; `invalid_directory`, the directory has no name
 * that a package can have, or is a file; `directory_not_empty`, it has files, which are never overwritten;
 * `not_writable`, the file system refused; `usage`, a mistake on the command line.
 */
export type CreateErrorCode =
  | 'unknown_example'
  | 'invalid_directory'
  | 'directory_not_empty'
  | 'not_writable'
  | 'usage';

/** Why no app was created. The message says what happened and what to do. */
export class CreateError extends Error {
  override readonly name = 'CreateError';
  readonly code: CreateErrorCode;
  /** Where the page on errors explains the code. */
  readonly docsUrl: string;

  constructor(code: CreateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.docsUrl = docsUrlOf(`create-${code}`);
  }
}

/** Whether a value is a {@link CreateError}. */
export function isCreateError(value: unknown): value is CreateError {
  return value instanceof CreateError;
}
