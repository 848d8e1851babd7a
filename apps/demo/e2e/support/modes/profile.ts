/** Asks the API for the profile. Runs in the page. */
export const getProfile = (): Promise<unknown> =>
  session.fetchJson(`${session.apiUrl}/client/v1/profile`);

/** What was wrong with asking for the profile; null for nothing. Runs in the page. */
export const failureOfProfile = (): Promise<unknown> =>
  session.fetchJson(`${session.apiUrl}/client/v1/profile`).then(
    () => null,
    ({ code, retryable }: { code: string; retryable: boolean }) => ({ code, retryable }),
  );
