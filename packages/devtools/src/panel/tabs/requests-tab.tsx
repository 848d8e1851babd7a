import type { ReactNode } from 'react';
import type { RecordedRequest } from '../../model/recorder.js';
import { useLog, usePanel } from '../panel-context.js';
import { formatTime } from '../time.js';

/** The last calls of `session.fetch`, newest first. */
export function RequestsTab(): ReactNode {
  const { recorder } = usePanel().model;
  const requests = useLog(recorder.requests).toReversed();
  if (requests.length === 0) {
    return (
      <p className="empty">
        No call of <code>session.fetch</code> or <code>fetchJson</code> since the devtools were
        loaded.
      </p>
    );
  }
  return (
    <div className="scroller">
      <table>
        <caption className="hidden">The last calls of session.fetch, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Method</th>
            <th scope="col">URL</th>
            <th scope="col">Outcome</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr key={request.id}>
              <td>{formatTime(request.at)}</td>
              <td>{request.method}</td>
              <td className="wide">{request.url}</td>
              <td>
                <span className={`tag ${request.tone}`}>{describeOutcome(request)}</span>
              </td>
              <td>{request.durationMs === undefined ? '…' : `${request.durationMs} ms`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describeOutcome({ attempts, outcome }: RecordedRequest): string {
  const [first] = attempts;
  return attempts.length > 1 && first !== undefined ? `${first}, renewed, ${outcome}` : outcome;
}
