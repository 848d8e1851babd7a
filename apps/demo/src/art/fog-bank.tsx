import type { ReactNode } from 'react';

import { curve } from './curve.js';
import { Plate } from './plate.js';

const kinds = Array.from({ length: 9 }, (_, kind) => kind);

function edge(kind: number): string {
  const top = 96 + kind * 34;
  const swell = curve(-20, 620, 10, (x) => {
    const slow = Math.sin(x / (130 - kind * 6) + kind * 1.9) * (16 - kind);
    return top + slow + Math.sin(x / 41 + kind) * 4;
  });
  return `${swell}V420H-20Z`;
}

/** A headland and its light, and nine kinds of fog in front of them. */
export function FogBank(): ReactNode {
  return (
    <Plate className="plate-fog">
      <rect className="art-sky" width="600" height="400" />
      <circle className="art-halo" cx="398" cy="98" r="84" />
      <circle className="art-halo" cx="398" cy="98" r="46" />
      <path
        className="art-dark"
        d="M600,190C560,182 520,158 470,154C440,152 420,168 372,176C350,180 340,230 300,400H600Z"
      />
      <path className="art-dark" d="M388,176L392,108H404L408,176Z" />
      <path className="art-dark" d="M389,90h18v14h-18zM386,106h24v4h-24zM390,88q8,-12 16,0z" />
      <circle className="art-lamp" cx="398" cy="98" r="5.500" />
      {kinds.map((kind) => (
        <path key={kind} className="art-fog" d={edge(kind)} />
      ))}
    </Plate>
  );
}
