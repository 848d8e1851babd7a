import type { ReactNode } from 'react';

import type { Mode } from '../config.js';

/** Props of {@link KeyChart}. */
export interface KeyChartProps {
  readonly mode: Mode;
}

interface Place {
  readonly name: string;
  readonly x: number;
}

interface Course {
  /** The second place; the page is the first, and Sesamy the last. */
  readonly between: Place | null;
  /** What is on the publisher's own domain. */
  readonly watersTo: number;
  /** Where the tokens are stored. */
  readonly keyAt: number;
}

const page: Place = { name: 'this page', x: 58 };
const sesamy: Place = { name: 'Sesamy', x: 302 };

const courses: Readonly<Record<Mode, Course>> = {
  'refresh-token': { between: null, watersTo: 116, keyAt: page.x },
  'sso-cookie': { between: { name: 'login server', x: 180 }, watersTo: 238, keyAt: 180 },
  'token-handler': { between: { name: 'handler', x: 180 }, watersTo: 238, keyAt: 180 },
};

/** A chart of the publisher's domain, the servers on it, and where the tokens are stored. Decorative. */
export function KeyChart({ mode }: KeyChartProps): ReactNode {
  const { between, watersTo, keyAt } = courses[mode];
  const places = [page, ...(between === null ? [] : [between]), sesamy];
  return (
    <svg className="key-chart" viewBox="0 0 360 108" aria-hidden="true" focusable="false">
      <rect className="key-chart-waters" x="6" y="8" width={watersTo} height="92" />
      <path className="key-chart-course" d={`M${page.x},50H${sesamy.x}`} />
      {places.map(({ name, x }) => (
        <g key={name}>
          <circle className="key-chart-place" cx={x} cy="50" r="15" />
          <text x={x} y="88">
            {name}
          </text>
        </g>
      ))}
      <g className="key-chart-key" transform={`translate(${keyAt} 50)`}>
        <circle r="15" />
        <path d="M-3,-5a5,5 0 1,0 .01,0M2,0L8,0M8,0V4M5,0V3" />
      </g>
    </svg>
  );
}
