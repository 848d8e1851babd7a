/** Fetches the profile from the API. Runs in the page. */
export const getProfile = (): Promise<unknown> =>
  session.fetchJson(`${session.apiUrl}/client/v1/profile`);

/** The error of fetching the profile, or null. Runs in the page. */
export const failureOfProfile = (): Promise<unknown> =>
  session.fetchJson(`${session.apiUrl}/client/v1/profile`).then(
    () => null,
    ({ code, retryable }: { code: string; retryable: boolean }) => ({ code, retryable }),
  );
