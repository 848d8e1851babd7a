/** A fault that the panel offers. */
export interface OfferedFault {
  readonly label: string;
  /** As the mock takes it. */
  readonly fault: Readonly<Record<string, unknown>>;
}

/**
 * What may go wrong at Sesamy, each once. Only requests with a user's code or token use one up, not those of a check of the
 * set-up.
 */
export const offeredFaults: readonly OfferedFault[] = [
  { label: 'Token endpoint is down (503)', fault: { user: '*', endpoint: 'token', status: 503 } },
  { label: 'Token endpoint does not respond', fault: { user: '*', endpoint: 'token', hang: true } },
  {
    label: 'Response with new tokens is lost',
    fault: { user: '*', endpoint: 'token', loseAnswer: true },
  },
  {
    label: 'Refresh token is refused (invalid_grant)',
    fault: {
      user: '*',
      endpoint: 'token',
      grant: 'refresh_token',
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The refresh token was revoked.' },
    },
  },
  { label: 'API rejects the token (401)', fault: { user: '*', endpoint: 'profile', status: 401 } },
  { label: 'API is down (503)', fault: { user: '*', endpoint: 'profile', status: 503 } },
  { label: 'API is slow (5 s)', fault: { user: '*', endpoint: 'profile', delayMs: 5_000 } },
  { label: 'ID token has another nonce', fault: { user: '*', idToken: 'nonce-invalid' } },
  {
    label: 'ID token is signed by another key',
    fault: { user: '*', idToken: 'signature-other-key' },
  },
  { label: 'Login response has another state', fault: { authorizationResponse: 'state-other' } },
];
