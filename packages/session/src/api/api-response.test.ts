import { assert, asyncProperty, constantFrom, integer, jsonValue, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isApiError, type ApiError } from './api-error.js';
import { readApiResponse } from './api-response.js';
import { isAuthError } from '../errors.js';

const answer = (body: unknown, init?: ResponseInit): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), init);

async function failureOf(response: Response): Promise<ApiError> {
  const error: unknown = await readApiResponse(response).catch((caught: unknown) => caught);
  if (isApiError(error)) return error;
  throw new Error('It was no ApiError.', { cause: error });
}

const factsOf = ({
  status,
  code,
  description,
  requestId,
  retryAfterSeconds,
  details,
}: ApiError) => ({
  ...{ status, code, description, requestId, retryAfterSeconds, details },
});

describe('a success', () => {
  test.each([
    [{ data: { id: 1 }, meta: {} }, { id: 1 }],
    [{ data: [], meta: { page: 1 } }, []],
    [{ data: null, meta: null }, null],
    [{ id: 1 }, { id: 1 }],
    [{ data: { id: 1 } }, { data: { id: 1 } }],
    [{ meta: { id: 1 } }, { meta: { id: 1 } }],
    [[{ data: 1, meta: 1 }], [{ data: 1, meta: 1 }]],
    ['7', 7],
    ['null', null],
    ['"text"', 'text'],
  ])('readApiResponse resolves the body %j to %j', async (body, expected) => {
    expect(await readApiResponse(answer(body))).toEqual(expected);
  });

  test('readApiResponse resolves an empty body to null', async () => {
    expect(await readApiResponse(new Response(null, { status: 204 }))).toBeNull();
    expect(await readApiResponse(new Response('', { status: 200 }))).toBeNull();
  });

  test('a response that is not JSON is an ApiError without its text', async () => {
    const error = await failureOf(answer('<html>a@b.test</html>'));
    expect(error).toMatchObject({ status: 200, code: 'not_json' });
    expect(error.message).not.toContain('a@b.test');
  });
});

describe('a failure', () => {
  test.each<[string, number, unknown, Record<string, unknown>]>([
    [
      'as documented by the API',
      400,
      {
        error: {
          code: 'validation_error',
          message: 'Bad e-mail',
          details: { field: 'email', reason: 'format' },
          request_id: 'req_1',
        },
      },
      {
        code: 'validation_error',
        description: 'Bad e-mail',
        requestId: 'req_1',
        details: { field: 'email', reason: 'format' },
      },
    ],
    [
      'as specified by OAuth',
      401,
      { error: 'invalid_token', error_description: 'Expired' },
      { code: 'invalid_token', description: 'Expired' },
    ],
    [
      'as a message',
      404,
      { message: 'Tenant not found' },
      { code: 'http_404', description: 'Tenant not found' },
    ],
    [
      'as a flat code',
      409,
      { code: 'conflict', message: 'Twice' },
      { code: 'conflict', description: 'Twice' },
    ],
    ['in plain text', 403, 'Forbidden', { code: 'http_403', description: 'Forbidden' }],
    ['in HTML', 502, '<html>Bad gateway', { code: 'http_502', description: '<html>Bad gateway' }],
    [
      'in free text as the error',
      400,
      { error: 'No user a@b.test here' },
      { code: 'http_400', description: 'No user a@b.test here' },
    ],
    [
      'of a validator',
      400,
      { success: false, error: { name: 'ZodError', issues: [] } },
      { code: 'http_400' },
    ],
    ['with nothing in it', 500, '', { code: 'http_500' }],
    ['with an empty object', 500, {}, { code: 'http_500' }],
    ['with a list', 500, [], { code: 'http_500' }],
    ['with a text', 500, '"Try later"', { code: 'http_500', description: 'Try later' }],
    ['with null', 500, 'null', { code: 'http_500' }],
    [
      'with fields of the wrong type',
      400,
      { error: { code: 7, message: ['a'], request_id: 9 } },
      { code: 'http_400' },
    ],
  ])('an error response %s is an ApiError', async (_how, status, body, expected) => {
    expect(factsOf(await failureOf(answer(body, { status })))).toEqual({ status, ...expected });
  });

  test("an ApiError's description is truncated", async () => {
    const error = await failureOf(answer('x'.repeat(100_000), { status: 500 }));
    expect(error.description).toHaveLength(200);
  });

  test('an ApiError takes the request id from the header if the body has none', async () => {
    const headers = { 'x-request-id': 'of the header' };
    const init = { status: 500, headers };
    expect((await failureOf(answer('', init))).requestId).toBe('of the header');
    const body = { error: { request_id: 'of the body' } };
    expect((await failureOf(answer(body, init))).requestId).toBe('of the body');
  });

  test.each<[string | undefined, unknown, number | undefined]>([
    ['5', {}, 5],
    ['5', { error: { retry_after: 60 } }, 5],
    [undefined, { error: { code: 'rate_limit_exceeded', retry_after: 60 } }, 60],
    [undefined, { retry_after: '60' }, 60],
    [undefined, { retry_after: null }, undefined],
    [undefined, { retry_after: [] }, undefined],
    [undefined, { retry_after: true }, undefined],
    [undefined, { retry_after: { toString: 1, valueOf: 1 } }, undefined],
    [undefined, {}, undefined],
    ['soon', {}, undefined],
    ['-5', {}, 0],
  ])(
    'an ApiError with Retry-After %j and the body %j has %j retryAfterSeconds',
    async (header, body, seconds) => {
      const headers = header === undefined ? {} : { 'retry-after': header };
      const error = await failureOf(answer(body, { status: 429, headers }));
      expect(error.retryAfterSeconds).toBe(seconds);
    },
  );

  test('an error response of any kind is an ApiError whose message contains only the code', async () => {
    const marked = string({ unit: 'grapheme-ascii' }).map((text) => `<<${text}>>`);
    await assert(
      asyncProperty(
        marked,
        jsonValue(),
        integer({ min: 400, max: 599 }),
        async (text, value, status) => {
          for (const body of [
            ...[
              { error: text },
              { message: text },
              { code: text },
              { error: { code: text } },
              text,
            ],
            ...[{ error: value }, { error: { code: value, retry_after: value } }, value],
          ]) {
            const error = await failureOf(answer(body, { status }));
            expect(error.status).toBe(status);
            expect(error.message).toMatch(/^The API responded with \d{3} \([\w.:/-]{1,64}\)\.$/);
          }
        },
      ),
    );
  });
});

describe('an incomplete body', () => {
  const breakOff = (reason: unknown): Response =>
    new Response(new ReadableStream({ start: (controller) => controller.error(reason) }));

  test('a body that is cut off is a network error', async () => {
    const reason = new TypeError('terminated');
    const error: unknown = await readApiResponse(breakOff(reason)).catch(
      (caught: unknown) => caught,
    );
    expect(isAuthError(error) && error).toMatchObject({ code: 'network', cause: reason });
  });

  test('a body whose caller aborts rejects with aborted, whatever the reason', async () => {
    await assert(
      asyncProperty(
        constantFrom(new DOMException('', 'AbortError'), new Error('mine'), 'why'),
        async (reason) => {
          const error: unknown = await readApiResponse(breakOff(reason)).catch(
            (caught: unknown) => caught,
          );
          expect(isAuthError(error) && error).toMatchObject({ code: 'aborted', cause: reason });
        },
      ),
    );
  });
});
