import { isApiError, useSession } from '@sesamy-kit/react';
import type { JsonResponse } from '@sesamy-kit/react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { object, optional, string } from 'valibot';
import type { InferOutput } from 'valibot';

import { apiErrorWords } from '../account/api-error-words.js';
import type { Config } from '../config.js';

// Any Standard Schema will do; it names only the fields that are used.
const profileSchema = object({ userId: string(), firstName: optional(string()) });

type Reply = JsonResponse<InferOutput<typeof profileSchema>>;

/** Props of {@link ApiCall}. */
export interface ApiCallProps {
  readonly config: Config;
}

/** A request that readers and visitors may send: validated by a schema, with the status and headers of its response. */
export function ApiCall({ config }: ApiCallProps): ReactNode {
  const { fetchJson } = useSession();
  const call = useMutation({
    mutationFn: () =>
      fetchJson(`${apiUrlOf(config)}/client/v1/profile`, {
        auth: 'optional',
        schema: profileSchema,
        meta: true,
      }),
  });

  return (
    <>
      <p>
        <code>fetchJson</code> with <code>auth: &apos;optional&apos;</code> sends the access token
        if there is one, and the request without credentials if there is none. The{' '}
        <code>schema</code> types the data and checks it; <code>meta: true</code> adds the status
        and the headers.
      </p>
      <p className="engine-action">
        <button
          type="button"
          className="button"
          disabled={call.isPending}
          onClick={() => call.mutate()}
        >
          Fetch the profile
        </button>
      </p>
      <output>
        {call.isSuccess && successWords(call.data)}
        {call.isError && errorWords(call.error)}
      </output>
    </>
  );
}

function successWords({ status, headers, data }: Reply): string {
  const left = headers.get('x-ratelimit-remaining');
  const limit = left === null ? '' : ` ${left} more requests are allowed for now.`;
  return `Status ${String(status)}, first name ${data.firstName ?? 'not given'}.${limit}`;
}

function errorWords(error: Error): string {
  if (!isApiError(error)) return apiErrorWords(error);
  if (error.status === 401) return 'Status 401: the profile is not for visitors.';
  return `Status ${String(error.status)}, code ${error.code}.`;
}

/** A path of the page's origin with a token handler. */
function apiUrlOf({ mode, apiUrl, apiPath }: Config): string {
  return mode === 'token-handler' ? (apiPath ?? '/sesamy/api') : (apiUrl ?? '');
}
