import type { ReactNode } from 'react';

import { CompassRose } from './compass-rose.js';
import { Plate } from './plate.js';

const westShore =
  'M-60,-60H236C244,-20 206,34 214,82C221,124 172,142 140,176C104,214 44,214 -60,262Z';
const eastShore =
  'M404,-60C392,-10 436,44 424,96C416,138 446,172 484,194C524,218 566,222 660,258V-60Z';
const bar = 'M246,226C282,206 348,208 384,232C402,246 372,262 332,258C296,256 226,252 246,226Z';

const soundings: readonly (readonly [x: number, y: number, fathoms: string, tenths?: string])[] = [
  [300, 74, '3', '8'],
  [334, 112, '5'],
  [286, 142, '2', '6'],
  [346, 168, '3', '1'],
  [262, 190, '1', '4'],
  [300, 236, '0', '3'],
  [346, 240, '0', '6'],
  [206, 250, '2', '2'],
  [440, 252, '2', '9'],
  [252, 296, '5', '5'],
  [318, 306, '6'],
  [386, 314, '7', '4'],
  [492, 282, '4', '8'],
  [540, 320, '8'],
  [430, 340, '9', '5'],
  [250, 338, '7', '8'],
  [362, 382, '12'],
];

/** A chart of Marram Bar: the channel of this year, and those of the years before. */
export function HarbourChart(): ReactNode {
  return (
    <Plate className="plate-harbour">
      <rect className="art-deep" x="-300" width="1200" height="400" />
      {[westShore, eastShore].map((shore) => (
        <path key={shore} className="art-shallow" d={shore} />
      ))}
      {[westShore, eastShore].map((shore) => (
        <path key={shore} className="art-shore" d={shore} />
      ))}
      {[westShore, eastShore].map((shore) => (
        <path key={shore} className="art-land" d={shore} />
      ))}
      <g className="art-relief">
        <path d="M20,30C70,10 130,40 150,80C160,110 110,130 60,128C10,124 -20,60 20,30Z" />
        <path d="M52,52C84,44 114,62 120,84C120,100 84,106 58,98C34,88 30,62 52,52Z" />
        <path d="M500,40C540,16 600,30 620,70C630,110 570,130 528,112C496,96 472,62 500,40Z" />
      </g>
      <g className="art-town">
        <path d="M434,72h10v8h-10zM448,66h8v12h-8zM446,84h12v7h-12zM436,96h8v8h-8zM462,74h7v7h-7z" />
      </g>
      <path className="art-ink" d="M424,84h-26v16M424,108h-18" />
      <path className="art-bank" d={bar} />
      <g className="art-old-channels">
        <path d="M214,392C222,330 226,270 262,214C284,178 306,120 318,-10" />
        <path d="M500,392C470,330 420,280 376,222C350,186 334,120 326,-10" />
      </g>
      <path className="art-channel" d="M300,400C318,340 318,280 322,234C326,170 314,90 322,-10" />
      <g className="art-soundings">
        {soundings.map(([x, y, metres, tenths]) => (
          <text key={`${x},${y}`} x={x} y={y}>
            {metres}
            {tenths === undefined ? null : <tspan dy="4">{tenths}</tspan>}
          </text>
        ))}
      </g>
      <g className="art-notes">
        <text x="214" y="322" transform="rotate(-84 214 322)">
          1987
        </text>
        <text x="446" y="296" transform="rotate(56 446 296)">
          2004
        </text>
      </g>
      <g className="art-light">
        <path d="M214,84c16,10 34,12 40,6c2,-8 -18,-12 -40,-6z" transform="rotate(14 214 84)" />
        <circle cx="213" cy="84" r="3.4" />
      </g>
      <CompassRose x={96} y={290} radius={46} />
    </Plate>
  );
}
