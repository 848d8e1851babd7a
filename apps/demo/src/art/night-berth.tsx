import type { ReactNode } from 'react';

import { Plate } from './plate.js';

const ripples = Array.from({ length: 9 }, (_, index) => index);

function Reflection({ x, tone }: { readonly x: number; readonly tone: string }): ReactNode {
  return (
    <g className={tone}>
      {ripples.map((ripple) => (
        <rect
          key={ripple}
          x={x - 13 + (ripple % 3) * 5 - ripple}
          y={262 + ripple * 14}
          width={26 - (ripple % 2) * 10 + ripple * 1.6}
          height="2.600"
          opacity={0.85 - ripple * 0.085}
        />
      ))}
    </g>
  );
}

/** A harbour mouth at night: red, green, and the one white light that is somebody's kitchen. */
export function NightBerth(): ReactNode {
  return (
    <Plate className="plate-night">
      <rect className="art-night" width="600" height="400" />
      <rect className="art-night-water" y="250" width="600" height="150" />
      <path
        className="art-night-hill"
        d="M0,214C60,196 110,158 190,160C260,162 300,206 380,204C450,202 520,172 600,180V252H0Z"
      />
      <path className="art-night-pier" d="M-10,236H206V252H-10zM394,236H610V252H394z" />
      <path className="art-night-pier" d="M196,196h7v42h-7zM397,196h7v42h-7z" />
      <circle className="art-port" cx="199.500" cy="192" r="6" />
      <circle className="art-starboard" cx="400.500" cy="192" r="6" />
      <rect className="art-kitchen" x="278" y="186" width="9" height="10" />
      <Reflection x={200} tone="art-port" />
      <Reflection x={400} tone="art-starboard" />
      <Reflection x={283} tone="art-kitchen" />
    </Plate>
  );
}
