import type { ReactNode } from 'react';

import { curve } from './curve.js';
import { Plate } from './plate.js';

const lines = Array.from({ length: 25 }, (_, index) => index);
const marks = Array.from({ length: 11 }, (_, index) => index);

const wave = (x: number): number => {
  const since = x - 330;
  return since < 0 ? 0 : Math.sin(since / 4.6) * 58 * Math.exp(-since / 62);
};
const trace = (x: number): number =>
  206 + Math.cos((x - 96) / 76) * 104 + Math.sin(x / 3.1) * 1.6 + wave(x);

/** A day on the drum of the tide gauge, with something in it that is not the tide. */
export function TideCurve(): ReactNode {
  return (
    <Plate className="plate-tide">
      <rect className="art-paper" width="600" height="400" />
      <g className="art-grid">
        {lines.map((line) => (
          <path
            key={line}
            className={line % 6 === 0 ? 'art-grid-strong' : undefined}
            d={`M${72 + line * 22},0V400`}
          />
        ))}
        {marks.map((mark) => (
          <path key={mark} d={`M72,${mark * 40}H600`} />
        ))}
      </g>
      <rect className="art-staff" x="22" y="-4" width="34" height="408" />
      {marks.map((mark) => (
        <g key={mark}>
          <rect className="art-staff-mark" x="22" y={mark * 40} width="17" height="8" />
          <rect className="art-staff-mark" x="39" y={mark * 40 + 20} width="17" height="8" />
        </g>
      ))}
      <path className="art-trace" d={curve(72, 600, 0.8, trace)} />
      <path className="art-ink" d="M334,66V92" />
      <text className="art-hand" x="334" y="54">
        boys?
      </text>
    </Plate>
  );
}
