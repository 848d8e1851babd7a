import { lazy } from 'react';
import type { ComponentType } from 'react';

import { Barograph } from '../art/barograph.js';
import { FogBank } from '../art/fog-bank.js';
import { HarbourChart } from '../art/harbour-chart.js';
import { NightBerth } from '../art/night-berth.js';
import { TideCurve } from '../art/tide-curve.js';
import { WindOverTide } from '../art/wind-over-tide.js';
import type { Section, Story } from './story.js';

const body = (load: () => Promise<{ Body: ComponentType }>): ComponentType =>
  lazy(async () => ({ default: (await load()).Body }));

/** This quarter's pieces, the lead first. */
export const stories: readonly [Story, ...Story[]] = [
  {
    slug: 'the-harbour-that-moves',
    title: 'The harbour that moves',
    standfirst:
      'At Marram the way in is never where it was. Each autumn one woman goes out with a lead line to ask the sand what it has decided.',
    section: 'harbours',
    author: 'Signe Orlock',
    place: 'Marram Bar',
    minutes: 4,
    isPremium: true,
    Art: HarbourChart,
    Body: body(() => import('./the-harbour-that-moves.js')),
  },
  {
    slug: 'fog-in-nine-kinds',
    title: 'Fog, in nine kinds',
    standfirst:
      'Breath, wool, smoke, milk: what the keepers at Hope Roads wrote down when they could see nothing.',
    section: 'weather',
    author: 'Bram Tolley',
    place: 'Hope Roads',
    minutes: 3,
    isPremium: false,
    Art: FogBank,
    Body: body(() => import('./fog-in-nine-kinds.js')),
  },
  {
    slug: 'what-the-tide-gauge-heard',
    title: 'What the tide gauge heard',
    standfirst:
      'A float in a pipe was built to answer one question. It has been answering others since 1894.',
    section: 'harbours',
    author: 'Ruth Ekdal',
    place: 'Port Ansell',
    minutes: 3,
    isPremium: false,
    Art: TideCurve,
    Body: body(() => import('./what-the-tide-gauge-heard.js')),
  },
  {
    slug: 'the-last-barograph',
    title: 'The last barograph in Stannick',
    standfirst:
      'Odile Marsh mends clocks that are frightened of the weather, and keeps every week she has ever had.',
    section: 'people',
    author: 'Signe Orlock',
    place: 'Stannick',
    minutes: 4,
    isPremium: true,
    Art: Barograph,
    Body: body(() => import('./the-last-barograph.js')),
  },
  {
    slug: 'leaving-a-berth-at-night',
    title: 'Instructions for leaving a berth at night',
    standfirst: 'Go early. Do not hurry the middle. Steer for the gap.',
    section: 'people',
    author: 'Jon Averill',
    place: 'Any harbour',
    minutes: 2,
    isPremium: false,
    Art: NightBerth,
    Body: body(() => import('./leaving-a-berth-at-night.js')),
  },
  {
    slug: 'wind-over-tide',
    title: 'Wind over tide',
    standfirst:
      'Three knots of ebb, a fresh westerly, and a ferry master who waits for a stair that does not come down.',
    section: 'weather',
    author: 'Ruth Ekdal',
    place: 'Stannick Head',
    minutes: 3,
    isPremium: true,
    Art: WindOverTide,
    Body: body(() => import('./wind-over-tide.js')),
  },
];

/** The piece with this slug, if there is one. */
export function findStory(slug: string | undefined): Story | undefined {
  return stories.find((story) => story.slug === slug);
}

/** The pieces of one section, in the order of the paper. */
export function storiesIn(section: Section): readonly Story[] {
  return stories.filter((story) => story.section === section);
}
