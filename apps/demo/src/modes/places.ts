import type { Mode } from '../config.js';

/** A value that the session stores, where, and why there. */
export interface Place {
  readonly what: string;
  readonly where: string;
  readonly why: string;
}

const snapshot: Place = {
  what: 'Your name and picture',
  where: 'localStorage, a small snapshot without any token',
  why: 'It can be read before the first render: no flash of the signed-out page.',
};

const confirmation: Place = {
  what: 'When Sesamy last confirmed the session',
  where: 'localStorage',
  why: 'It limits how long you count as logged in while Sesamy cannot be reached.',
};

const profile: Place = {
  what: 'Profile',
  where: 'TanStack Query’s cache, in memory',
  why: 'Dropped when the user changes or logs out.',
};

const login: Place = {
  what: 'Pending login',
  where: 'IndexedDB, by its state, for ten minutes',
  why: 'It holds the page to return to, the state and the PKCE code verifier.',
};

/** What each mode stores, and where. */
export const places: Readonly<Record<Mode, readonly Place[]>> = {
  'refresh-token': [
    {
      what: 'Access token and refresh token',
      where: 'IndexedDB, one record for each client and issuer',
      why: 'Read and written under a Web Lock, so that two tabs never spend the same refresh token.',
    },
    snapshot,
    confirmation,
    login,
    profile,
  ],
  'sso-cookie': [
    {
      what: 'Access token',
      where: 'This page’s memory, and nowhere else',
      why: 'Each page load fetches a new one, so nothing is stored between pages.',
    },
    {
      what: 'Session cookie',
      where: 'A cookie of the login server, on the publisher’s own domain',
      why: 'Browsers send it from a hidden frame too, because the frame is on the same site.',
    },
    snapshot,
    confirmation,
    login,
    profile,
  ],
  'token-handler': [
    {
      what: 'Access token and refresh token',
      where: 'Encrypted HttpOnly cookies of this host',
      why: 'Only the token handler can decrypt them; it renews them during requests.',
    },
    snapshot,
    confirmation,
    {
      what: 'Pending login',
      where: 'An encrypted cookie of the handler, and the return address in sessionStorage',
      why: 'The state and the PKCE code verifier never reach the page.',
    },
    profile,
  ],
};
