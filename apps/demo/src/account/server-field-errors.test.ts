import { ApiError } from '@sesamy-kit/react';
import { expect, test } from 'vitest';
import { serverFieldErrors } from './server-field-errors.js';

const rejection = (details: Readonly<Record<string, unknown>>): ApiError =>
  new ApiError({ status: 400, code: 'validation_error', details });

test('an error that names a field of the form is shown beside it', () => {
  expect(serverFieldErrors(rejection({ field: 'nickname', reason: 'is taken' }))).toEqual({
    nickname: 'The desk says that this is taken.',
  });
});

test.each([
  ['no error', null],
  ['an error of another kind', new TypeError('Failed to fetch')],
  ['a field that the form does not have', rejection({ field: 'tags', reason: 'is odd' })],
  ['a refusal without a reason', rejection({ field: 'nickname' })],
])('%s is shown beside no field', (_what, error) => {
  expect(serverFieldErrors(error)).toEqual({});
});
