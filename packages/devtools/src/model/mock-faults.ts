/** A fault that the panel offers. */
export interface OfferedFault {
  readonly label: string;
  /** As the mock takes it. */
  readonly fault: Readonly<Record<string, unknown>>;
}

/** What may go wrong at Sesamy, each once. */
export const offeredFaults: readonly OfferedFault[] = [
  { label: 'Token endpoint is down (503)', fault: { endpoint: 'token', status: 503 } },
  { label: 'Token endpoint does not respond', fault: { endpoint: 'token', hang: true } },
  { label: 'Response with new tokens is lost', fault: { endpoint: 'token', loseAnswer: true } },
  {
    label: 'Refresh token is refused (invalid_grant)',
    fault: {
      endpoint: 'token',
      grant: 'refresh_token',
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The refresh token was revoked.' },
    },
  },
  { label: 'API rejects the token (401)', fault: { endpoint: 'profile', status: 401 } },
  { label: 'API is down (503)', fault: { endpoint: 'profile', status: 503 } },
  { label: 'API is slow (5 s)', fault: { endpoint: 'profile', delayMs: 5_000 } },
  { label: 'ID token has another nonce', fault: { idToken: 'nonce-invalid' } },
  { label: 'ID token is signed by another key', fault: { idToken: 'signature-other-key' } },
  { label: 'Login response has another state', fault: { authorizationResponse: 'state-other' } },
];
