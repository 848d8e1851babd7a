import type { Section } from '../stories/story.js';

const names: Readonly<Record<Section, string>> = {
  harbours: 'Harbours',
  weather: 'Weather',
  people: 'People',
  letters: 'Letters',
};

/** A section as readers know it. */
export function sectionName(section: Section): string {
  return names[section];
}
