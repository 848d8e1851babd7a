import type { ReactNode } from 'react';

/** Props of {@link CompassRose}. */
export interface CompassRoseProps {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const degrees = Array.from({ length: 72 }, (_, index) => index * 5);

/** The rose of a chart: a ring of degrees and a north point. */
export function CompassRose({ x, y, radius }: CompassRoseProps): ReactNode {
  return (
    <g className="art-rose" transform={`translate(${x} ${y})`}>
      <circle r={radius} />
      <circle r={radius * 0.62} />
      {degrees.map((degree) => (
        <path
          key={degree}
          d={`M0,${-radius}V${-radius * (degree % 30 === 0 ? 0.8 : 0.92)}`}
          transform={`rotate(${degree})`}
        />
      ))}
      <path className="art-rose-north" d={`M0,${-radius * 1.22}L6,0L0,${radius * 0.5}L-6,0Z`} />
      <path d={`M${-radius * 0.5},0H${radius * 0.5}`} />
    </g>
  );
}
