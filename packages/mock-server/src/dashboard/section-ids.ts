/** The sections of the dashboard, in their order; each is also an anchor of the page. */
export const SECTION_TITLES = {
  applications: 'Applications',
  users: 'Users',
  sessions: 'Sessions',
  tokens: 'Refresh tokens',
  clock: 'Clock',
  faults: 'Faults',
  log: 'Requests',
  reset: 'Start over',
} as const;

/** The id of a section. */
export type SectionId = keyof typeof SECTION_TITLES;

/** The ids of the sections, in their order. */
export const SECTION_IDS: readonly SectionId[] = [
  'applications',
  'users',
  'sessions',
  'tokens',
  'clock',
  'faults',
  'log',
  'reset',
];
