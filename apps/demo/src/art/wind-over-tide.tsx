import type { ReactNode } from 'react';

import { curve } from './curve.js';
import { Plate } from './plate.js';

const rows = Array.from({ length: 9 }, (_, index) => index);
const barbs = [
  [70, 66],
  [196, 44],
  [322, 74],
  [448, 50],
] as const;

/** Where the stream turns against the wind, long waves are pressed into short steep ones. */
function sea(row: number): string {
  return curve(-10, 610, 2, (x) => {
    const reach = (x - 250) / 60;
    const squeeze = 1 / (1 + Math.exp(-reach));
    // The integral of the squeeze, so that the waves shorten without a jump.
    const phase = x / 46 + 4 * Math.log1p(Math.exp(reach)) + row * 1.1;
    const swell = Math.sin(phase) * 6;
    const stair = (1 - 2 * Math.abs(Math.sin(phase / 2))) * 15;
    return 160 + row * 27 - (swell * (1 - squeeze) + stair * squeeze);
  });
}

/** Wind from the left, stream from the right, and the Stairs between them. */
export function WindOverTide(): ReactNode {
  return (
    <Plate className="plate-stairs">
      <rect className="art-sky" width="600" height="400" />
      {rows.map((row) => (
        <path key={row} className="art-sea" d={`${sea(row)}V420H-10Z`} />
      ))}
      <g className="art-barbs">
        {barbs.map(([x, y]) => (
          <path
            key={x}
            d={`M${x},${y}h76m-10,-7l10,7l-10,7M${x},${y}l-9,-14M${x + 10},${y}l-9,-14`}
          />
        ))}
      </g>
    </Plate>
  );
}
