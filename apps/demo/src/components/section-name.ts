import type { Section } from '../stories/story.js';

const names: Readonly<Record<Section, string>> = {
  harbours: 'Harbours',
  weather: 'Weather',
  people: 'People',
  letters: 'Letters',
};

/** The display name of a section. */
export function sectionName(section: Section): string {
  return names[section];
}
