import type { ComponentType } from 'react';

/** The shelves of the paper, in the order of the navigation. */
export const sections = ['harbours', 'weather', 'people', 'letters'] as const;

/** One shelf of the paper. */
export type Section = (typeof sections)[number];

/** Whether a URL segment names a section. */
export function isSection(value: string | undefined): value is Section {
  return sections.some((section) => section === value);
}

/** Everything about a piece but its text, which is loaded when the piece is opened. */
export interface Story {
  readonly slug: string;
  readonly title: string;
  readonly standfirst: string;
  readonly section: Section;
  readonly author: string;
  readonly place: string;
  readonly minutes: number;
  /** True for pieces that require a login. */
  readonly isPremium: boolean;
  /** The drawing above the piece. */
  readonly Art: ComponentType;
  /** The text. Suspends while it loads. */
  readonly Body: ComponentType;
}
