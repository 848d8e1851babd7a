import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

import type { Config } from '../config.js';

/** Props of {@link RequestList}. */
export interface RequestListProps {
  readonly config: Config;
}

interface SesamyRequest {
  readonly path: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** The requests this page has sent to Sesamy, by path; queries are left out, they can hold secrets. */
export function RequestList({ config }: RequestListProps): ReactNode {
  const { mode, issuer, apiUrl, authPath = '/sesamy/auth', apiPath = '/sesamy/api' } = config;
  const [requests, setRequests] = useState<readonly SesamyRequest[]>([]);

  useEffect(() => {
    // The page's origin proxies the paths of the token handler to Sesamy.
    const own = mode === 'token-handler' || mode === 'auto' ? [`${authPath}/`, `${apiPath}/`] : [];
    const foreign = mode === 'token-handler' ? [] : [issuer, apiUrl];
    const places = [...own, ...foreign].flatMap((prefix) =>
      prefix === undefined ? [] : [new URL(prefix, location.origin).href],
    );
    const observer = new PerformanceObserver((list) => {
      const seen = list
        .getEntries()
        .filter((entry) => isCallTo(places, entry))
        .map(toRequest);
      if (seen.length > 0) setRequests((before) => [...before, ...seen]);
    });
    observer.observe({ type: 'resource', buffered: true });
    return () => {
      observer.disconnect();
      setRequests([]);
    };
  }, [mode, issuer, apiUrl, authPath, apiPath]);

  if (requests.length === 0) {
    return <p>Nothing. A page with a stored login needs no request before it is drawn.</p>;
  }
  return (
    <ol className="engine-requests">
      {requests.map(({ path, startedAtMs, durationMs }) => (
        <li key={`${path} ${String(startedAtMs)}`}>
          <code>{path}</code>
          <span>
            after {(startedAtMs / 1000).toFixed(1)} s, took {Math.round(durationMs)} ms
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Pictures come from Sesamy too, but an `<img>` is not a request of the session. */
function isCallTo(places: readonly string[], entry: PerformanceEntry): boolean {
  const isCall = entry instanceof PerformanceResourceTiming && entry.initiatorType === 'fetch';
  return isCall && places.some((place) => entry.name.startsWith(place));
}

function toRequest(entry: PerformanceEntry): SesamyRequest {
  return {
    path: new URL(entry.name).pathname,
    startedAtMs: entry.startTime,
    durationMs: entry.duration,
  };
}
