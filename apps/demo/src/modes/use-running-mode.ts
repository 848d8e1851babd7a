import { useSession, useSessionQueryKey } from '@sesamy-kit/react';
import { useQuery } from '@tanstack/react-query';

import type { Config, Mode } from '../config.js';

/** The session mode that runs. Null with `auto` as long as no user is signed in: only then a mode matters. */
export function useRunningMode({ mode }: Config): Mode | null {
  const { info, status } = useSession();
  const key = useSessionQueryKey();
  const { data } = useQuery({
    queryKey: [...key, 'info'],
    queryFn: info,
    enabled: mode === 'auto' && status === 'authenticated',
    networkMode: 'always',
  });
  return mode === 'auto' ? (data?.mode ?? null) : mode;
}
