import type { SessionState } from '@sesamy-kit/react';

/** The state of the session in a sentence for a developer. Contains no token and no user data. */
export function statusWords(state: SessionState): string {
  switch (state.status) {
    case 'initializing':
      return 'The session is restoring a stored login, or finishing one.';
    case 'authenticating':
      return state.via === 'redirect'
        ? 'The browser is navigating to the login page.'
        : 'A login window is open.';
    case 'authenticated':
      return 'The user is signed in. An expired access token is renewed by the next API call.';
    case 'logging-out':
      return 'The tokens are deleted; the browser is navigating to end the session at Sesamy.';
    case 'unauthenticated':
      return unauthenticatedWords(state);
  }
}

type Unauthenticated = Extract<SessionState, { status: 'unauthenticated' }>;

const reasons: Readonly<Record<Unauthenticated['reason'], string>> = {
  none: 'No login is stored.',
  expired: 'The stored login has expired.',
  revoked: 'Sesamy rejected the refresh token, so the session ended.',
  'logged-out': 'This tab logged out.',
  'logged-out-elsewhere': 'Another tab logged out.',
};

function unauthenticatedWords({ reason, error }: Unauthenticated): string {
  if (error === null) return reasons[reason];
  const { code, claims } = error;
  if (reason === 'expired' && code === 'network') {
    return 'Sesamy could not be reached for too long. The tokens are kept until it responds.';
  }
  const cause = claims === undefined ? code : `${code}: ${claims.join(', ')}`;
  return `The last login failed (${cause}). Guards wait for a click instead of redirecting, so it cannot loop.`;
}
