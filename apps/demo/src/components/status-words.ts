import type { SessionState } from '@sesamy-kit/react';

/** The state of the session in a sentence for a developer. Names no token and no reader. */
export function statusWords(state: SessionState): string {
  switch (state.status) {
    case 'initializing':
      return 'The session is looking for a stored login, or finishing one.';
    case 'authenticating':
      return state.via === 'redirect'
        ? 'The browser is on its way to the login page.'
        : 'A login window is open.';
    case 'authenticated':
      return 'A grant is held. Whether the access token is fresh is nobody’s business but the session’s: whoever calls an API next renews it.';
    case 'logging-out':
      return 'Tokens are gone already; the browser is on its way to end the session at Sesamy.';
    case 'unauthenticated':
      return unauthenticatedWords(state.reason, state.error?.code);
  }
}

type Reason = Extract<SessionState, { status: 'unauthenticated' }>['reason'];

const reasons: Readonly<Record<Reason, string>> = {
  none: 'Nothing was stored, and nobody has logged in.',
  expired: 'The stored login had run out.',
  revoked: 'Sesamy refused the refresh token, so the session ended.',
  'logged-out': 'This tab logged out.',
  'logged-out-elsewhere': 'Another tab logged out.',
};

function unauthenticatedWords(reason: Reason, code: string | undefined): string {
  if (code === undefined) return reasons[reason];
  return `The last login failed (${code}). Guards wait for a click instead of redirecting, so it cannot loop.`;
}
