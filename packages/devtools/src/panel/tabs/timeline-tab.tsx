import type { ReactNode } from 'react';
import { useLog, usePanel } from '../panel-context.js';
import { formatTime } from '../time.js';

/** What has happened, newest first. */
export function TimelineTab(): ReactNode {
  const { recorder } = usePanel().model;
  const moments = useLog(recorder.moments).toReversed();
  return (
    <>
      <div className="tools">
        <span className="quiet">{moments.length} entries, newest first</span>
        <button type="button" onClick={recorder.moments.clear}>
          Clear
        </button>
      </div>
      <ol className="timeline" reversed>
        {moments.map(({ id, at, kind, title, detail, tone }) => (
          <li key={id} className={tone}>
            <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
            <span className="kind">{kind}</span>
            <strong>{title}</strong>
            <span className="detail">{detail}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
