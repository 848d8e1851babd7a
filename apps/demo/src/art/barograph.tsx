import type { ReactNode } from 'react';

import { curve } from './curve.js';
import { Plate } from './plate.js';

const days = Array.from({ length: 15 }, (_, index) => index);
const rows = Array.from({ length: 12 }, (_, index) => index);

const pressure = (x: number): number => {
  const calm = 96 + Math.sin(x / 47) * 12 + Math.sin(x / 17) * 3;
  const fall = 1 / (1 + Math.exp(-(x - 330) / 22));
  return calm + fall * 250 + Math.sin(x / 5) * fall * 2;
};

/** A week on the drum of a barograph: the great gale, up to where the pen left the paper. */
export function Barograph(): ReactNode {
  return (
    <Plate className="plate-barograph">
      <rect className="art-wood" width="600" height="400" />
      <rect className="art-paper" x="-10" y="34" width="620" height="282" />
      <g className="art-grid">
        {rows.map((row) => (
          <path
            key={row}
            className={row % 4 === 0 ? 'art-grid-strong' : undefined}
            d={`M-10,${52 + row * 23}H610`}
          />
        ))}
        {days.map((day) => (
          <path
            key={day}
            className={day % 2 === 0 ? 'art-grid-strong' : undefined}
            d={`M${day * 48 - 30},34Q${day * 48 + 14},160 ${day * 48 - 30},316`}
          />
        ))}
      </g>
      <path className="art-trace" d={curve(-10, 384, 1, pressure)} />
      <path className="art-arm" d="M384,344L640,268" />
      <path className="art-nib" d="M377,348L398,334L401,344Z" />
    </Plate>
  );
}
