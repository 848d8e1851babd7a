import { useSession, useSessionQueryKey } from '@sesamy-kit/react';
import type { SessionInfo } from '@sesamy-kit/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReactNode } from 'react';

const time = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** What the session says about itself, and what a reader can do to it: renew it, or end it in this browser only. */
export function SessionFacts(): ReactNode {
  const { info, renew, logout, on } = useSession();
  const queryClient = useQueryClient();
  // Below the user's key: the next user of the page never sees it.
  const key = useSessionQueryKey();
  const { data } = useQuery({ queryKey: [...key, 'info'], queryFn: info });
  const renewal = useMutation({ mutationFn: renew });

  useEffect(
    () => on('renewed', () => void queryClient.invalidateQueries({ queryKey: key })),
    [on, queryClient, key],
  );

  return (
    <>
      <dl className="engine-places">
        {factsOf(data ?? null).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        <button
          type="button"
          className="button"
          disabled={renewal.isPending}
          onClick={() => renewal.mutate()}
        >
          Renew the session
        </button>{' '}
        <button
          type="button"
          className="button button-quiet"
          onClick={() => void logout({ local: true })}
        >
          Log out in this browser only
        </button>
      </p>
      <output>{renewal.isSuccess && 'Renewed.'}</output>
      {renewal.isError && <p role="alert">The session could not be renewed. Try again.</p>}
    </>
  );
}

/** With a token handler only the mode is known to a script. */
function factsOf(info: SessionInfo | null): readonly (readonly [name: string, value: string])[] {
  if (info === null) return [];
  const { mode, expiresAt, scope, authTime } = info;
  return [
    ['Mode', mode],
    ...(authTime === null ? [] : [['Logged in', `at ${time.format(authTime)}`] as const]),
    ...(expiresAt === null
      ? []
      : [['The access token expires', `at ${time.format(expiresAt)}`] as const]),
    ...(scope === null ? [] : [['Granted', scope] as const]),
  ];
}
