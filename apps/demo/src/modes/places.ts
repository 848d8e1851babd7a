import type { Mode } from '../config.js';

/** A thing the session has to keep, where it lies, and why there. */
export interface Place {
  readonly what: string;
  readonly where: string;
  readonly why: string;
}

const snapshot: Place = {
  what: 'Your name and picture',
  where: 'localStorage, a small snapshot without any token',
  why: 'It can be read before the first render: no flash of a logged-out page.',
};

const profile: Place = {
  what: 'Profile',
  where: 'TanStack Query’s cache, in memory',
  why: 'Dropped when the reader changes or leaves.',
};

const login: Place = {
  what: 'A login under way',
  where: 'IndexedDB, by its state, for ten minutes',
  why: 'It remembers the page you came from, and the secrets that only this browser knows.',
};

/** Where things live in each mode. */
export const places: Readonly<Record<Mode, readonly Place[]>> = {
  'refresh-token': [
    {
      what: 'Access and refresh token',
      where: 'IndexedDB, one record for each client and issuer',
      why: 'Read and written under a Web Lock, so that two tabs never spend the same refresh token.',
    },
    snapshot,
    login,
    profile,
  ],
  'sso-cookie': [
    {
      what: 'Access token',
      where: 'This page’s memory, and nowhere else',
      why: 'The next page asks for its own, so there is nothing to find between pages.',
    },
    {
      what: 'The login itself',
      where: 'A cookie of the login server, on the publisher’s own domain',
      why: 'Browsers send it from a hidden frame too, because the frame is on the same site.',
    },
    snapshot,
    login,
    profile,
  ],
  'token-handler': [
    {
      what: 'Access and refresh token',
      where: 'Encrypted cookies of this host, out of reach for scripts',
      why: 'The handler alone can open them, and renews them while it answers.',
    },
    snapshot,
    {
      what: 'A login under way',
      where: 'An encrypted cookie of the handler, and the way back in sessionStorage',
      why: 'The secrets of the login never reach the page.',
    },
    profile,
  ],
};
