import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { storedNameWords } from './stored-name-words.js';
import { readStoredNames } from './stored-names.js';

const refetchIntervalMs = 1_000;

/** What scripts of this page can read at this moment, by name, updated each second. */
export function WithinReach(): ReactNode {
  const { data: places } = useQuery({
    queryKey: ['stored-names'],
    queryFn: readStoredNames,
    refetchInterval: refetchIntervalMs,
    networkMode: 'always',
    gcTime: 0,
  });
  if (places === undefined) return null;
  return (
    <dl className="reach">
      {places.map(({ place, names }) => (
        <div key={place}>
          <dt>{place}</dt>
          <dd>
            {names.length === 0 ? (
              <span className="reach-none">nothing</span>
            ) : (
              <Names of={names} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Names({ of: names }: { readonly of: readonly string[] }): ReactNode {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code> <span>{storedNameWords(name) ?? 'not of the session'}</span>
        </li>
      ))}
    </ul>
  );
}
