import type { JsonRequestInit, JsonResult, Session } from '../session.js';
import type { StandardSchema } from '../platform/standard-schema.js';
import { ApiError } from './api-error.js';
import { openEnvelope, readApiResponse } from './api-response.js';
import { pathsOf } from './schema-paths.js';

/** Creates `session.fetchJson` from a `session.fetch`. */
export function createFetchJson(fetch: Session['fetch']): Session['fetchJson'] {
  function fetchJson<Schema extends StandardSchema, HasMeta extends boolean>(
    input: RequestInfo | URL,
    init?: JsonRequestInit<Schema, HasMeta>,
  ): Promise<JsonResult<Schema, HasMeta>>;
  async function fetchJson(input: RequestInfo | URL, init: JsonRequestInit = {}): Promise<unknown> {
    const { schema, envelope, meta: hasMeta, ...rest } = init;
    const response = await fetch(input, rest);
    const body = await readApiResponse(response, true);
    const { data: inner, meta } = openEnvelope(body);
    const found = envelope === true ? body : inner;
    const { status, headers } = response;
    const data = schema === undefined ? found : await parse(found, schema, status);
    return hasMeta === true ? { data, status, headers, meta } : data;
  }
  return fetchJson;
}

/** @throws ApiError `schema_mismatch`; its details name the fields, never their values */
async function parse(value: unknown, schema: StandardSchema, status: number): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return result.value;
  const paths = pathsOf(result.issues);
  throw new ApiError({
    status,
    code: 'schema_mismatch',
    description: `The response does not match the schema at: ${paths.join(', ') || 'the top level'}.`,
    details: { paths },
  });
}
